-- Adds what there is to say of a page to a sync's log, as long as the log is not full of such.
UPDATE sync_logs SET warnings = warnings || :#${body}::jsonb
WHERE id = :#${variable.syncId}::bigint AND jsonb_array_length(warnings) < 100
