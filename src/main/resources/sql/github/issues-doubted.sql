-- The issues that a full sync has not seen; no more than a sync may ask for.
SELECT number, id FROM github_issues
WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint AND doubted_at IS NOT NULL
ORDER BY number
LIMIT :#${properties:platform.github.missing-limit}::integer
