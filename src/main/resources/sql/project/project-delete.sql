-- Deletes a project with all that belongs to it, and says so in the audit log. Its running syncs and its deliveries are
-- taken first: who stores a page or applies an event holds them and needs the project, so that the two would wait for
-- each other. Hooks that the platform made are removed afterwards, with the credential that is kept for as long as that takes.
WITH held AS MATERIALIZED (
    SELECT id FROM sync_logs WHERE project_id = :#${header.projectId}::bigint AND status = 'running' FOR UPDATE
), queued AS (
    DELETE FROM webhook_queue WHERE project_id = :#${header.projectId}::bigint
    RETURNING 1
), delivered AS (
    DELETE FROM webhook_deliveries WHERE project_id = :#${header.projectId}::bigint
    RETURNING event_id
), events AS (
    DELETE FROM webhook_events e USING delivered d WHERE e.id = d.event_id
    RETURNING e.integration_type, e.status
), counted AS MATERIALIZED (
    SELECT webhook_count(integration_type, -1, 0, 0, 0, 0, -count(*) FILTER (WHERE status = 'dead'),
                         -count(*) FILTER (WHERE status IN ('pending', 'failed')),
                         -count(*) FILTER (WHERE status = 'failed'), NULL)
    FROM events GROUP BY integration_type
), departed AS (
    INSERT INTO departed_connections (config_id, project_id, integration_type, config_data, name, key_id, ciphertext)
    SELECT c.id, c.project_id, c.integration_type, c.config_data, s.name, s.key_id, s.ciphertext
    FROM integration_configs c JOIN integration_secrets s ON s.config_id = c.id AND s.name <> 'webhookSecret' AND s.valid_until IS NULL
    WHERE c.project_id = :#${header.projectId}::bigint AND (
        EXISTS (SELECT FROM github_hooks h WHERE h.config_id = c.id AND (h.made OR h.state = 'pending'))
        OR EXISTS (SELECT FROM github_hook_removals r WHERE r.config_id = c.id))
), unhooked AS (
    INSERT INTO github_hook_removals (config_id, project_id, config, repository, hook_id, hook_url, url)
    SELECT c.id, c.project_id, c.config_data || jsonb_build_object('apiUrl', h.api_url), h.repository, h.hook_id, h.hook_url, h.url
    FROM integration_configs c JOIN github_hooks h ON h.config_id = c.id
    WHERE c.project_id = :#${header.projectId}::bigint AND h.made AND h.hook_id IS NOT NULL AND h.hook_url IS NOT NULL
), deleted AS (
    DELETE FROM projects
    WHERE id = :#${header.projectId}::bigint
      AND (SELECT count(*) FROM held) + (SELECT count(*) FROM queued) + (SELECT count(*) FROM counted) >= 0
    RETURNING *
), audited AS (
    INSERT INTO audit_log (actor, action, target, address, before)
    SELECT :#${header.PlatformActor}, 'project.delete', 'project/' || id, :#${header.PlatformAddress},
           jsonb_build_object('key', key, 'name', name)
    FROM deleted
)
SELECT id::text AS item FROM deleted
