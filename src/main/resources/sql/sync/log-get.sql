-- One sync of a project.
SELECT sync_log(l)::text AS item
FROM sync_logs l
WHERE l.project_id = :#${header.projectId}::bigint AND l.id = :#${header.syncId}::bigint AND l.source = :#${variable.source}
