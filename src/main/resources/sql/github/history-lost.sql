-- Drops a history that GitHub no longer has because its head is gone: the default branch is listed again.
WITH lost AS (
    DELETE FROM github_histories
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
      AND sha = :#${variable.history[sha]}
    RETURNING project_id, repository_id
)
UPDATE github_branches b SET walked_sha = NULL
FROM lost JOIN github_repositories r ON r.project_id = lost.project_id AND r.repository_id = lost.repository_id
WHERE b.project_id = r.project_id AND b.repository_id = r.repository_id AND b.name = r.default_branch
