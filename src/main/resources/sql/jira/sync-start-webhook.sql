-- Notes a sync of what a sprint or version event concerns, unless one of the project runs.
INSERT INTO sync_logs (project_id, source, sync_type, requested_jql)
VALUES (:#${variable.run.projectId}, 'jira', 'webhook', :#${body})
ON CONFLICT (project_id, source) WHERE status = 'running' DO NOTHING
RETURNING id, publish_sync_start(sync_logs)
