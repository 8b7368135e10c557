-- Notes that a branch has no protection of its own, or none that the token may see.
UPDATE github_branches SET protection = NULL, stored_at = now()
WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
  AND name = :#${variable.item[ref]} AND protection IS NOT NULL
