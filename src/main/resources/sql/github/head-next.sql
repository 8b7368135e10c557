-- The next branch whose history is not walked up to its head, the default branch first: most others are little more than it.
-- A branch whose head another one was walked to has nothing of its own. While a long history is not complete, many branches
-- that were never walked wait for its end: most of them will turn out to be a part of it.
WITH same AS (
    UPDATE github_branches b SET walked_sha = b.sha
    WHERE b.project_id = :#${variable.projectId}::bigint AND b.repository_id = :#${variable.repositoryId}::bigint
      AND b.sha IS DISTINCT FROM b.walked_sha
      AND b.sha IN (SELECT o.walked_sha FROM github_branches o
                    WHERE o.project_id = b.project_id AND o.repository_id = b.repository_id)
    RETURNING b.name
), waiting AS MATERIALIZED (
    SELECT :#${variable.heads.waiting}::boolean
       AND EXISTS (SELECT FROM github_histories h
                   WHERE h.project_id = :#${variable.projectId}::bigint AND h.repository_id = :#${variable.repositoryId}::bigint)
       AND (SELECT count(DISTINCT b.sha) FROM github_branches b
            WHERE b.project_id = :#${variable.projectId}::bigint AND b.repository_id = :#${variable.repositoryId}::bigint
              AND b.walked_sha IS NULL) > :#${variable.heads.few}::integer AS are_many
)
SELECT b.sha, coalesce(b.walked_sha, main.walked_sha) AS base
FROM github_branches b
LEFT JOIN github_repositories r ON r.project_id = b.project_id AND r.repository_id = b.repository_id
LEFT JOIN github_branches main
       ON main.project_id = b.project_id AND main.repository_id = b.repository_id AND main.name = r.default_branch
WHERE b.project_id = :#${variable.projectId}::bigint AND b.repository_id = :#${variable.repositoryId}::bigint
  AND b.sha IS NOT NULL AND b.sha IS DISTINCT FROM b.walked_sha AND b.name NOT IN (SELECT name FROM same)
  AND NOT :#${variable.heads.lost}::boolean
  AND NOT (b.walked_sha IS NULL AND b.name IS DISTINCT FROM r.default_branch AND (SELECT are_many FROM waiting))
ORDER BY (b.name = r.default_branch) IS TRUE DESC, b.name
LIMIT 1
