-- Keeps the id of Jira's project, which stays when it is renamed, and the key that it has now.
UPDATE jira_sync_state SET jira_project_id = :#${variable.learned.id}, jira_project_key = :#${variable.learned.key}
WHERE project_id = :#${variable.run.projectId} AND site = :#${variable.run.site}
