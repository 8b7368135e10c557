-- Marks the files and commits of a pull request that are to be read again; those that do not come again are removed then.
WITH files AS (
    UPDATE github_pull_files SET head_sha = NULL
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
      AND pull_number = :#${variable.item[ref]}::bigint AND head_sha IS NOT NULL
)
UPDATE github_pull_commits SET head_sha = NULL
WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
  AND pull_number = :#${variable.item[ref]}::bigint AND head_sha IS NOT NULL
