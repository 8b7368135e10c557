-- Notes the streams of a sync, and gives those that it has not done yet, in their order.
WITH listed AS (
    SELECT * FROM unnest(string_to_array(:#${variable.streams}, ',')) WITH ORDINALITY AS s (stream, position)
), noted AS (
    INSERT INTO sync_stream_logs (sync_id, stream, position)
    SELECT :#${variable.syncId}::bigint, stream, position FROM listed
    ON CONFLICT (sync_id, stream) DO NOTHING
)
SELECT listed.stream
FROM listed
LEFT JOIN sync_stream_logs before ON before.sync_id = :#${variable.syncId}::bigint AND before.stream = listed.stream
WHERE coalesce(before.state, 'waiting') IN ('waiting', 'running')
ORDER BY listed.position
