-- Keeps what kind of Jira a project's connection leads to.
UPDATE jira_sync_state SET deployment = :#${variable.deployment} WHERE project_id = :#${variable.projectId}::bigint
