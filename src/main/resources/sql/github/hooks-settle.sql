-- Makes the hooks that are known those that connections want: a row for each of their repositories, and what the platform made
-- and is no longer wanted is to be removed. What is left of connections that are gone is forgotten when that is done.
WITH wanted AS MATERIALIZED (
    SELECT c.id AS config_id, n.name, c.config_data ->> 'webhookUrl' AS url, c.config_data ->> 'apiUrl' AS api_url
    FROM integration_configs c, github_named(c.config_data) n
    WHERE c.integration_type = 'github' AND c.is_active AND c.config_data ->> 'webhookUrl' IS NOT NULL
    -- A connection that is deleted meanwhile has no hook.
    FOR KEY SHARE OF c
), unwanted AS (
    DELETE FROM github_hooks h USING integration_configs c
    WHERE c.id = h.config_id AND NOT EXISTS (
        SELECT FROM wanted w
        WHERE w.config_id = h.config_id AND lower(w.name) = lower(h.repository) AND w.api_url = h.api_url
          AND github_same_address(w.url, h.url))
    RETURNING h.*, c.project_id, c.config_data
), removals AS (
    INSERT INTO github_hook_removals (config_id, project_id, config, repository, hook_id, hook_url, url)
    SELECT config_id, project_id, config_data || jsonb_build_object('apiUrl', api_url), repository, hook_id, hook_url, url
    FROM unwanted
    WHERE made AND hook_id IS NOT NULL AND hook_url IS NOT NULL
), forgotten AS (
    DELETE FROM departed_connections d
    WHERE d.departed_at < now() - interval '1 hour' OR (
        d.departed_at < now() - interval '3 minutes'
        AND NOT EXISTS (SELECT FROM github_hook_removals r WHERE r.config_id = d.config_id))
)
INSERT INTO github_hooks (config_id, api_url, repository, url)
SELECT config_id, api_url, name, url FROM wanted WHERE (SELECT count(*) FROM unwanted) >= 0
ON CONFLICT DO NOTHING
