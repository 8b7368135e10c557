-- Forgets what was learned of the Jira of a connection that is removed.
DELETE FROM jira_sync_state WHERE project_id = :#${header.projectId}::bigint
  AND EXISTS (SELECT FROM integration_configs c WHERE c.project_id = :#${header.projectId}::bigint AND c.integration_type = 'jira')
