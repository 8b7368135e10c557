-- Begins a stream of a sync or goes on with it, and gives from where: the checkpoint that this sync has reached, and what
-- the last complete run left, of which a full sync wants to know nothing. No row without the lease.
WITH held AS MATERIALIZED (
    SELECT id, project_id, source, sync_type, cancel_requested FROM sync_logs
    WHERE id = :#${variable.syncId}::bigint AND status = 'running' AND owner = :#${bean:syncLeases?method=getOwner}
    FOR UPDATE
), begun AS (
    UPDATE sync_stream_logs s SET state = 'running', error = NULL, started_at = coalesce(s.started_at, clock_timestamp())
    FROM held WHERE s.sync_id = held.id AND s.scope = :#${variable.scope} AND s.stream = :#${variable.stream}
    RETURNING s.checkpoint, s.scope, s.scope_name, s.stream
), said AS (
    UPDATE sync_logs l SET
        state_text = concat_ws(' ', begun.scope_name, begun.stream) || CASE WHEN begun.checkpoint IS NULL THEN ': asking for the first page' ELSE ': goes on' END
    FROM held, begun WHERE l.id = held.id
)
SELECT held.cancel_requested AS cancelled, begun.checkpoint::text AS checkpoint, known.cursor::text AS cursor, known.etag,
       known.pages::text AS pages
FROM held CROSS JOIN begun
LEFT JOIN sync_stream_state known
       ON known.project_id = held.project_id AND known.source = held.source AND known.scope = begun.scope
      AND known.stream = begun.stream
      AND held.sync_type <> 'full'
