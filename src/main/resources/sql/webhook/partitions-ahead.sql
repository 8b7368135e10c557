-- Makes the partitions of the days to come.
SELECT webhook_partitions_ahead(7)
