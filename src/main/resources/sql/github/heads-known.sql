-- Notes the branches whose commits are here already: those whose heads lie behind a commit to which a branch was walked, as
-- after a merge. The commits of a pull request or of a push prove nothing: what is behind them may not be here.
WITH RECURSIVE unwalked AS MATERIALIZED (
    SELECT b.name, b.sha FROM github_branches b
    WHERE b.project_id = :#${variable.projectId}::bigint AND b.repository_id = :#${variable.repositoryId}::bigint
      AND b.sha IS DISTINCT FROM b.walked_sha
      AND EXISTS (SELECT FROM github_commits c
                  WHERE c.project_id = b.project_id AND c.repository_id = b.repository_id AND c.sha = b.sha
                    AND c.parents IS NOT NULL)
), walked (sha) AS (
    SELECT b.walked_sha COLLATE "C" FROM github_branches b
    WHERE b.project_id = :#${variable.projectId}::bigint AND b.repository_id = :#${variable.repositoryId}::bigint
      AND b.walked_sha IS NOT NULL AND EXISTS (SELECT FROM unwalked)
    UNION
    -- OFFSET 0: one look into the index for each commit, however many PostgreSQL expects.
    SELECT parent.sha COLLATE "C"
    FROM walked,
         LATERAL (SELECT c.parents FROM github_commits c
                  WHERE c.project_id = :#${variable.projectId}::bigint AND c.repository_id = :#${variable.repositoryId}::bigint
                    AND c.sha = walked.sha OFFSET 0) AS own,
         unnest(own.parents) AS parent (sha)
)
UPDATE github_branches b SET walked_sha = b.sha
FROM unwalked
WHERE b.project_id = :#${variable.projectId}::bigint AND b.repository_id = :#${variable.repositoryId}::bigint
  AND b.name = unwalked.name AND b.sha = unwalked.sha AND b.sha IN (SELECT sha FROM walked)
