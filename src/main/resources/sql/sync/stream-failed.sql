-- Marks a stream that cannot be read; its sync warns of it and goes on, where any other can be. Without the stream that says
-- whether a scope can be read at all, the rest of the scope has failed with it.
WITH failed AS (
    UPDATE sync_stream_logs s SET
        state = 'failed', error = :#${variable.failure}, completed_at = clock_timestamp(),
        requests = s.requests + :#${variable.asked}::integer, answered = s.answered OR :#${variable.syncStream.answered}::boolean
    FROM sync_logs l
    WHERE l.id = :#${variable.syncId}::bigint AND l.status = 'running' AND l.owner = :#${bean:syncLeases?method=getOwner}
      AND s.sync_id = l.id AND s.scope = :#${variable.scope} AND s.stream = :#${variable.stream}
    RETURNING s.sync_id, s.scope, s.scope_name, s.stream
), with_it AS (
    UPDATE sync_stream_logs s SET state = 'failed', error = :#${variable.failure}
    FROM failed
    WHERE failed.stream = :#${variable.required} AND s.sync_id = failed.sync_id AND s.scope = failed.scope
      AND s.state = 'waiting'
    RETURNING s.scope, s.stream
), warned AS (
    UPDATE sync_logs l SET warnings = l.warnings || jsonb_build_array(jsonb_build_object(
        'code', 'stream-failed', 'message', concat_ws(' ', failed.scope_name, failed.stream) || ': ' || :#${variable.failure}::text))
    FROM failed WHERE l.id = failed.sync_id
)
SELECT NOT EXISTS (
    SELECT FROM sync_stream_logs others
    WHERE others.sync_id = failed.sync_id AND (others.scope, others.stream) <> (failed.scope, failed.stream)
      AND (others.state IN ('waiting', 'running') OR (others.answered AND others.state <> 'failed'))
      AND (others.scope <> failed.scope OR failed.stream <> :#${variable.required})
      AND NOT EXISTS (SELECT FROM sync_stream_logs first
                      WHERE first.sync_id = others.sync_id AND first.scope = others.scope AND first.stream = :#${variable.required}
                        AND first.state = 'failed')) AS "all"
FROM failed
