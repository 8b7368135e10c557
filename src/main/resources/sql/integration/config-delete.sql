-- Removes a connection with its secrets and health. What was fetched by it stays; a running sync is asked to stop, and what
-- GitHub asked to be done is forgotten. Hooks that the platform made are removed afterwards, with the credential that is kept
-- for as long as that takes.
WITH deleted AS (
    DELETE FROM integration_configs WHERE project_id = :#${header.projectId}::bigint AND integration_type = :#${variable.integration}
    RETURNING *
), stopped AS (
    UPDATE sync_logs l SET
        cancel_requested = true,
        status = CASE WHEN owner IS NULL THEN 'cancelled' ELSE status END,
        completed_at = CASE WHEN owner IS NULL THEN clock_timestamp() END,
        waiting_until = NULL
    FROM deleted WHERE l.project_id = deleted.project_id AND l.source = deleted.integration_type AND l.status = 'running'
), unscheduled AS (
    DELETE FROM sync_schedules s USING deleted WHERE s.project_id = deleted.project_id AND s.source = deleted.integration_type
), rewound AS (
    DELETE FROM sync_stream_state s USING deleted WHERE s.project_id = deleted.project_id AND s.source = deleted.integration_type
), forgotten AS (
    DELETE FROM jira_sync_state WHERE project_id IN (SELECT project_id FROM deleted WHERE integration_type = 'jira')
), undone AS (
    DELETE FROM github_pending_work WHERE project_id IN (SELECT project_id FROM deleted WHERE integration_type = 'github')
), departed AS (
    INSERT INTO departed_connections (config_id, project_id, integration_type, config_data, name, key_id, ciphertext)
    SELECT c.id, c.project_id, c.integration_type, c.config_data, s.name, s.key_id, s.ciphertext
    FROM deleted c JOIN integration_secrets s ON s.config_id = c.id AND s.name <> 'webhookSecret' AND s.valid_until IS NULL
    WHERE EXISTS (SELECT FROM github_hooks h WHERE h.config_id = c.id AND (h.made OR h.state = 'pending'))
       OR EXISTS (SELECT FROM github_hook_removals r WHERE r.config_id = c.id)
), unhooked AS (
    INSERT INTO github_hook_removals (config_id, project_id, config, repository, hook_id, hook_url, url)
    SELECT c.id, c.project_id, c.config_data || jsonb_build_object('apiUrl', h.api_url), h.repository, h.hook_id, h.hook_url, h.url
    FROM deleted c JOIN github_hooks h ON h.config_id = c.id
    WHERE h.made AND h.hook_id IS NOT NULL AND h.hook_url IS NOT NULL
), audited AS (
    INSERT INTO audit_log (actor, action, target, address, before)
    SELECT :#${header.PlatformActor}, integration_type || '-config.delete', 'project/' || project_id, :#${header.PlatformAddress}, config_data
    FROM deleted
)
SELECT id::text AS item FROM deleted
