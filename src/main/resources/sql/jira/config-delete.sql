-- Removes a Jira connection with its secrets and health; its tickets stay, a running sync is asked to stop.
WITH deleted AS (
    DELETE FROM integration_configs WHERE project_id = :#${header.projectId}::bigint AND integration_type = 'jira'
    RETURNING *
), stopped AS (
    UPDATE jira_sync_logs SET
        cancel_requested = true,
        status = CASE WHEN owner IS NULL THEN 'cancelled' ELSE status END,
        completed_at = CASE WHEN owner IS NULL THEN clock_timestamp() END,
        waiting_until = NULL
    WHERE project_id IN (SELECT project_id FROM deleted) AND status = 'running'
), forgotten AS (
    DELETE FROM jira_sync_state WHERE project_id IN (SELECT project_id FROM deleted)
), audited AS (
    INSERT INTO audit_log (actor, action, target, address, before)
    SELECT :#${header.PlatformActor}, 'jira-config.delete', 'project/' || project_id, :#${header.PlatformAddress}, config_data
    FROM deleted
)
SELECT id::text AS item FROM deleted
