-- Marks a stream that cannot be read; its sync warns of it and goes on, where any other stream can be.
WITH failed AS (
    UPDATE sync_stream_logs s SET
        state = 'failed', error = :#${variable.failure}, completed_at = clock_timestamp(),
        requests = s.requests + :#${variable.asked}::integer
    FROM sync_logs l
    WHERE l.id = :#${variable.syncId}::bigint AND l.status = 'running' AND l.owner = :#${bean:syncLeases?method=getOwner}
      AND s.sync_id = l.id AND s.scope = :#${variable.scope} AND s.stream = :#${variable.stream}
    RETURNING s.sync_id, s.scope, s.scope_name, s.stream
), warned AS (
    UPDATE sync_logs l SET warnings = l.warnings || jsonb_build_array(jsonb_build_object(
        'code', 'stream-failed', 'message', concat_ws(' ', failed.scope_name, failed.stream) || ': ' || :#${variable.failure}::text))
    FROM failed WHERE l.id = failed.sync_id
)
SELECT NOT EXISTS (
    SELECT FROM sync_stream_logs others
    WHERE others.sync_id = failed.sync_id AND (others.scope, others.stream) <> (failed.scope, failed.stream) AND others.state <> 'failed') AS "all"
FROM failed
