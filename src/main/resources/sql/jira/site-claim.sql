-- A project's connection to Jira with what is known of it, as a sync's claim has it.
SELECT c.project_id, c.id AS config_id, c.config_data::text AS config, s.deployment AS detected, s.site,
       coalesce(nullif(c.config_data ->> 'deployment', 'auto'), s.deployment) AS deployment
FROM integration_configs c LEFT JOIN jira_sync_state s ON s.project_id = c.project_id
WHERE c.project_id = :#${variable.projectId}::bigint AND c.integration_type = 'jira' AND c.is_active
