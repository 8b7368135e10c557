-- One sync of a project.
SELECT jira_sync_log(l)::text AS item
FROM jira_sync_logs l
WHERE l.project_id = :#${header.projectId}::bigint AND l.id = :#${header.syncId}::bigint
