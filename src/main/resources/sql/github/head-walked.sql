-- Notes that the history up to a commit is stored, for all branches whose head it is.
UPDATE github_branches SET walked_sha = sha
WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
  AND sha = :#${variable.head}
