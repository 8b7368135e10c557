-- Finds which commits branches and tags lead to, and notes where that has changed. Where the way back ends at a commit that
-- is not known (yet), what is older than the last known one may lie behind it and stays as it is; where the head of a branch
-- itself is not known, nothing becomes unreachable.
WITH RECURSIVE branches AS MATERIALIZED (
    SELECT sha FROM github_branches
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
), walked (sha) AS (
    SELECT sha FROM branches
    UNION
    SELECT sha FROM github_tags
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
    UNION
    -- OFFSET 0: one look into the index for each commit, however many PostgreSQL expects.
    SELECT parent.sha
    FROM walked,
         LATERAL (SELECT c.parents FROM github_commits c
                  WHERE c.project_id = :#${variable.projectId}::bigint AND c.repository_id = :#${variable.repositoryId}::bigint
                    AND c.sha = walked.sha OFFSET 0) AS own,
         unnest(own.parents) AS parent (sha)
), known AS MATERIALIZED (
    -- As above: of a repository that has just come in PostgreSQL expects a commit or two.
    SELECT walked.sha, own.parents, own.committed_at
    FROM walked,
         LATERAL (SELECT c.parents, c.committed_at FROM github_commits c
                  WHERE c.project_id = :#${variable.projectId}::bigint AND c.repository_id = :#${variable.repositoryId}::bigint
                    AND c.sha = walked.sha OFFSET 0) AS own
), edge AS MATERIALIZED (
    SELECT coalesce(max(committed_at), '-infinity') AS at
    FROM (SELECT committed_at FROM known WHERE parents IS NULL
          UNION ALL
          SELECT p.committed_at FROM (SELECT committed_at, unnest(parents) AS sha FROM known) AS p
          WHERE p.sha NOT IN (SELECT sha FROM known)) AS ends
), written AS (
    UPDATE github_commits t SET reachable = NOT t.reachable
    FROM edge
    WHERE t.project_id = :#${variable.projectId}::bigint AND t.repository_id = :#${variable.repositoryId}::bigint
      AND CASE WHEN t.sha IN (SELECT sha FROM known) THEN NOT t.reachable
               ELSE t.reachable AND t.committed_at > edge.at
                    AND NOT EXISTS (SELECT FROM branches WHERE coalesce(sha, '') NOT IN (SELECT sha FROM known)) END
    RETURNING t.reachable
)
SELECT (count(*) FILTER (WHERE reachable))::integer AS reachable,
       (count(*) FILTER (WHERE NOT reachable))::integer AS unreachable
FROM written
