-- Adds a warning to a sync's log.
UPDATE sync_logs l SET warnings = l.warnings || :#${variable.warning}::jsonb
FROM sync_logs before
WHERE before.id = l.id AND l.id = :#${variable.syncId}::bigint
RETURNING publish_held_back(l, before.warnings) AS published
