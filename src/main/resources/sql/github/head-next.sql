-- The next branch whose history is not walked up to its head, the default branch first: most others are little more than it.
-- A branch whose head another one was walked to has nothing of its own.
WITH same AS (
    UPDATE github_branches b SET walked_sha = b.sha
    WHERE b.project_id = :#${variable.projectId}::bigint AND b.repository_id = :#${variable.repositoryId}::bigint
      AND b.sha IS DISTINCT FROM b.walked_sha
      AND b.sha IN (SELECT o.walked_sha FROM github_branches o
                    WHERE o.project_id = b.project_id AND o.repository_id = b.repository_id)
    RETURNING b.name
)
SELECT b.sha, coalesce(b.walked_sha, main.walked_sha) AS base
FROM github_branches b
LEFT JOIN github_repositories r ON r.project_id = b.project_id AND r.repository_id = b.repository_id
LEFT JOIN github_branches main
       ON main.project_id = b.project_id AND main.repository_id = b.repository_id AND main.name = r.default_branch
WHERE b.project_id = :#${variable.projectId}::bigint AND b.repository_id = :#${variable.repositoryId}::bigint
  AND b.sha IS NOT NULL AND b.sha IS DISTINCT FROM b.walked_sha AND b.name NOT IN (SELECT name FROM same)
ORDER BY (b.name = r.default_branch) IS TRUE DESC, b.name
LIMIT 1
