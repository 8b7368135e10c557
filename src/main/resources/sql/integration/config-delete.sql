-- Removes a connection with its secrets and health. What was fetched by it stays; a running sync is asked to stop.
WITH deleted AS (
    DELETE FROM integration_configs WHERE project_id = :#${header.projectId}::bigint AND integration_type = :#${variable.source}
    RETURNING *
), stopped AS (
    UPDATE sync_logs l SET
        cancel_requested = true,
        status = CASE WHEN owner IS NULL THEN 'cancelled' ELSE status END,
        completed_at = CASE WHEN owner IS NULL THEN clock_timestamp() END,
        waiting_until = NULL
    FROM deleted WHERE l.project_id = deleted.project_id AND l.source = deleted.integration_type AND l.status = 'running'
    RETURNING CASE WHEN l.status = 'cancelled' THEN publish_sync_end(l) END
), unscheduled AS (
    DELETE FROM sync_schedules s USING deleted WHERE s.project_id = deleted.project_id AND s.source = deleted.integration_type
), audited AS (
    INSERT INTO audit_log (actor, action, target, address, before)
    SELECT :#${header.PlatformActor}, integration_type || '-config.delete', 'project/' || project_id, :#${header.PlatformAddress}, config_data
    FROM deleted
)
SELECT id::text AS item FROM deleted
