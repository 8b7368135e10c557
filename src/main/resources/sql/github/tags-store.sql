-- Stores where tags are, unless it was seen later that they are elsewhere.
WITH input AS MATERIALIZED (
    SELECT id AS project_id, :#${variable.repositoryId}::bigint AS repository_id, :#${variable.rows}::jsonb AS rows
    FROM projects WHERE id = :#${variable.projectId}::bigint
), page AS MATERIALIZED (
    SELECT DISTINCT ON (name) input.project_id, input.repository_id, r.*
    FROM input, ROWS FROM (jsonb_to_recordset(input.rows) AS (
        name text, sha text, seen_at timestamptz
    )) WITH ORDINALITY AS r
    ORDER BY name, seen_at DESC NULLS LAST, (sha IS NULL), ordinality DESC
), written AS (
    INSERT INTO github_tags AS t (
        project_id, repository_id, name, sha, seen_at, stored_at)
    SELECT
        project_id, repository_id, name, sha, coalesce(seen_at, now()), now()
    FROM page
    ORDER BY name -- one order for all writers, so that two never wait for each other
    ON CONFLICT (project_id, repository_id, name) DO UPDATE SET
        sha = coalesce(excluded.sha, t.sha), seen_at = excluded.seen_at, stored_at = now()
    WHERE t.seen_at <= excluded.seen_at
      AND t.sha IS DISTINCT FROM coalesce(excluded.sha, t.sha)
    RETURNING (t.xmax = 0) AS created
)
SELECT whole.number AS processed, c.created, c.updated, whole.number - c.created - c.updated AS unchanged
FROM (SELECT coalesce(sum(jsonb_array_length(rows)), 0)::integer AS number FROM input) AS whole,
     (SELECT (count(*) FILTER (WHERE created))::integer AS created,
             (count(*) FILTER (WHERE NOT created))::integer AS updated FROM written) AS c
