-- Keeps what kind of Jira a project's connection leads to, and where it takes itself to be.
UPDATE jira_sync_state SET deployment = :#${variable.deployment}, base_url = :#${bean:deployments?method=baseUrl}
WHERE project_id = :#${variable.projectId}::bigint
