-- Lets others make the first analysis of a repository.
UPDATE github_analyses SET busy_until = NULL
WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
