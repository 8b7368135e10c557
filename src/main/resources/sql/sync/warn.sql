-- Adds a warning to a sync's log.
UPDATE sync_logs SET warnings = warnings || :#${variable.warning}::jsonb WHERE id = :#${variable.syncId}::bigint
