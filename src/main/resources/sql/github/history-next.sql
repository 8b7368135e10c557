-- Where the longest waiting history of a repository goes on.
SELECT sha, next FROM github_histories
WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
ORDER BY stored_at, sha
LIMIT 1
