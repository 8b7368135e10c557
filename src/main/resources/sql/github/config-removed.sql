-- What the end of a connection means for what is kept of GitHub: nothing is left to do, and the hooks that the platform made are
-- removed afterwards, with the credential that is kept for as long as that takes. Before the connection goes, and with it its
-- hooks, which nobody changes meanwhile.
WITH leaving AS (
    SELECT * FROM integration_configs
    WHERE project_id = :#${header.projectId}::bigint AND integration_type = 'github' FOR UPDATE
), hooks AS MATERIALIZED (
    SELECT h.* FROM github_hooks h JOIN leaving c ON c.id = h.config_id FOR UPDATE OF h
), undone AS (
    DELETE FROM github_pending_work w USING leaving WHERE w.project_id = leaving.project_id
), departed AS (
    INSERT INTO departed_connections (config_id, project_id, integration_type, config_data, name, key_id, ciphertext)
    SELECT c.id, c.project_id, c.integration_type, c.config_data, s.name, s.key_id, s.ciphertext
    FROM leaving c JOIN integration_secrets s ON s.config_id = c.id AND s.name <> 'webhookSecret' AND s.valid_until IS NULL
    WHERE EXISTS (SELECT FROM hooks h WHERE h.made OR h.state = 'pending')
       OR EXISTS (SELECT FROM github_hook_removals r WHERE r.config_id = c.id)
)
INSERT INTO github_hook_removals (config_id, project_id, config, repository, hook_id, hook_url, url)
SELECT c.id, c.project_id, c.config_data || jsonb_build_object('apiUrl', h.api_url), h.repository, h.hook_id, h.hook_url, h.url
FROM leaving c JOIN hooks h ON h.config_id = c.id
WHERE h.made AND h.hook_id IS NOT NULL AND h.hook_url IS NOT NULL
