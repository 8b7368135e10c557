-- Asks a running sync to stop: one that nobody holds at the moment stops at once, another after its page.
WITH asked AS (
    UPDATE sync_logs SET
        cancel_requested = true,
        status = CASE WHEN owner IS NULL THEN 'cancelled' ELSE status END,
        state_text = CASE WHEN owner IS NULL THEN 'cancelled' ELSE 'cancelling after this page' END,
        completed_at = CASE WHEN owner IS NULL THEN clock_timestamp() END,
        waiting_until = CASE WHEN owner IS NULL THEN NULL ELSE waiting_until END
    WHERE id = :#${header.syncId}::bigint AND project_id = :#${header.projectId}::bigint AND source = :#${variable.source}
      AND status = 'running'
    RETURNING id, status, CASE WHEN status = 'cancelled' THEN publish_sync_end(sync_logs) END
), audited AS (
    INSERT INTO audit_log (actor, action, target, address, after)
    SELECT :#${header.PlatformActor}, :#${variable.source}::text || '-sync.cancel',
           'project/' || :#${header.projectId}::text, :#${header.PlatformAddress}, jsonb_build_object('syncId', id)
    FROM asked
)
SELECT json_build_object('syncId', l.id, 'status', coalesce(asked.status, l.status))::text AS item
FROM sync_logs l LEFT JOIN asked ON asked.id = l.id
WHERE l.id = :#${header.syncId}::bigint AND l.project_id = :#${header.projectId}::bigint AND l.source = :#${variable.source}
