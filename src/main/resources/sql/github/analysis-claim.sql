-- Claims the making of a repository's first analysis for a while, where nobody is at it.
INSERT INTO github_analyses AS a (project_id, repository_id, full_name, busy_until)
SELECT p.id, :#${variable.repositoryId}::bigint, :#${variable.connection.repository}, now() + interval '2 minutes'
FROM projects p WHERE p.id = :#${variable.projectId}::bigint
ON CONFLICT (project_id, repository_id) DO UPDATE SET busy_until = excluded.busy_until
WHERE a.busy_until IS NULL OR a.busy_until < now()
RETURNING a.repository_id
