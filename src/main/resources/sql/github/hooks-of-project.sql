-- The hooks that the platform made for a project's connection.
SELECT c.id, c.project_id, c.config_data::text AS config, h.repository, h.hook_url, h.url
FROM github_hooks h JOIN integration_configs c ON c.id = h.config_id
WHERE c.project_id = :#${header.projectId}::bigint AND c.is_active AND h.made AND h.hook_url IS NOT NULL
