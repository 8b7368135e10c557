-- Notes that the history up to a commit is stored, for all branches whose head it is, and for those whose heads lie behind
-- it: as far back as the walk may have brought something.
WITH RECURSIVE unwalked AS MATERIALIZED (
    SELECT b.sha FROM github_branches b
    WHERE b.project_id = :#${variable.projectId}::bigint AND b.repository_id = :#${variable.repositoryId}::bigint
      AND b.sha IS DISTINCT FROM b.walked_sha AND b.sha <> :#${variable.head}
      AND EXISTS (SELECT FROM github_commits c
                  WHERE c.project_id = b.project_id AND c.repository_id = b.repository_id AND c.sha = b.sha
                    AND c.parents IS NOT NULL)
), behind (sha) AS (
    SELECT :#${variable.head}::text COLLATE "C"
    UNION
    SELECT parent.sha COLLATE "C"
    FROM behind,
         LATERAL (SELECT c.parents FROM github_commits c
                  WHERE c.project_id = :#${variable.projectId}::bigint AND c.repository_id = :#${variable.repositoryId}::bigint
                    AND c.sha = behind.sha OFFSET 0) AS own,
         unnest(own.parents) AS parent (sha)
    WHERE EXISTS (SELECT FROM unwalked)
), walked AS MATERIALIZED (
    SELECT sha FROM behind LIMIT :#${variable.heads.reach}::integer
)
UPDATE github_branches SET walked_sha = sha
WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
  AND sha IS DISTINCT FROM walked_sha AND sha IN (SELECT sha FROM walked)
