-- Adds counters of long ago up into one row of each integration; how long deliveries took then is asked by nobody.
WITH turn AS MATERIALIZED (
    SELECT pg_try_advisory_xact_lock(hashtext('webhook_upkeep')) AS mine
), old AS (
    DELETE FROM webhook_counters
    WHERE (SELECT mine FROM turn) AND hour < now() - interval '90 days' AND hour > '-infinity'
    RETURNING *
)
INSERT INTO webhook_counters AS c (integration_type, hour, slot, received, duplicates, processed, ignored, dead, open, failed,
                                   last_received_at)
SELECT integration_type, '-infinity', 0, sum(received), sum(duplicates), sum(processed), sum(ignored), sum(dead), sum(open),
       sum(failed), max(last_received_at)
FROM old GROUP BY integration_type
ON CONFLICT (integration_type, hour, slot) DO UPDATE SET
    received = c.received + excluded.received, duplicates = c.duplicates + excluded.duplicates,
    processed = c.processed + excluded.processed, ignored = c.ignored + excluded.ignored, dead = c.dead + excluded.dead,
    open = c.open + excluded.open, failed = c.failed + excluded.failed,
    last_received_at = greatest(c.last_received_at, excluded.last_received_at)
