-- Removes what was published more than a day ago: every reader has read it.
DELETE FROM platform_events WHERE created_at < now() - interval '1 day'
