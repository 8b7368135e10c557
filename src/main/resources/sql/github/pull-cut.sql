-- What GitHub does not list of a pull request: commits behind the 250th, files behind the 3,000th.
SELECT coalesce(commits_count > 250, false) AS commits, coalesce(changed_files > 3000, false) AS files, changed_files, base_sha,
       head_sha
FROM github_pulls
WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
  AND number = :#${variable.item[ref]}::bigint
