-- Notes a sync of what a sprint or version event concerns, unless one of the project runs.
INSERT INTO jira_sync_logs (project_id, sync_type, requested_jql)
VALUES (:#${variable.run.projectId}, 'webhook', :#${variable.scope})
ON CONFLICT (project_id) WHERE status = 'running' DO NOTHING
RETURNING id
