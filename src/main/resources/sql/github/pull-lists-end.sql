-- Removes the files and commits of a pull request that did not come again: those of a former head, or of another base.
WITH files AS (
    DELETE FROM github_pull_files
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
      AND pull_number = :#${variable.item[ref]}::bigint AND head_sha IS NULL
)
DELETE FROM github_pull_commits
WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
  AND pull_number = :#${variable.item[ref]}::bigint AND head_sha IS NULL
