-- A full sync walks all branches again, and defers the same work to its end.
WITH left_over AS (
    DELETE FROM github_histories
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
      AND :#${variable.claim[sync_type]} = 'full'
)
UPDATE github_branches SET walked_sha = NULL
WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
  AND :#${variable.claim[sync_type]} = 'full' AND walked_sha IS NOT NULL
