-- Stores a page of releases: what differs from what is stored and is not older, where GitHub says how old it is.
WITH input AS MATERIALIZED (
    SELECT id AS project_id, :#${variable.repositoryId}::bigint AS repository_id, :#${variable.rows}::jsonb AS rows
    FROM projects WHERE id = :#${variable.projectId}::bigint
), page AS MATERIALIZED (
    SELECT DISTINCT ON (id) input.project_id, input.repository_id, r.*
    FROM input, ROWS FROM (jsonb_to_recordset(input.rows) AS (
        id bigint, tag_name text, target text, name text, body text, author text, draft boolean, prerelease boolean,
        created_at timestamptz, published_at timestamptz, updated_at timestamptz, html_url text
    )) WITH ORDINALITY AS r
    ORDER BY id, updated_at DESC NULLS LAST, ordinality DESC
), written AS (
    INSERT INTO github_releases AS t (
        project_id, repository_id, id, tag_name, target, name, body, author, draft, prerelease, created_at, published_at,
        updated_at, html_url, stored_at)
    SELECT
        project_id, repository_id, id, tag_name, target, name, body, author, draft, prerelease, created_at, published_at,
        updated_at, html_url, now()
    FROM page
    ORDER BY id -- one order for all writers, so that two never wait for each other
    ON CONFLICT (project_id, repository_id, id) DO UPDATE SET
        tag_name = excluded.tag_name, target = excluded.target, name = excluded.name, body = excluded.body,
        author = excluded.author, draft = excluded.draft, prerelease = excluded.prerelease,
        created_at = excluded.created_at, published_at = excluded.published_at,
        updated_at = coalesce(excluded.updated_at, t.updated_at), html_url = excluded.html_url, stored_at = now()
    WHERE coalesce(t.updated_at <= excluded.updated_at, true)
      AND (t.tag_name, t.target, t.name, t.body, t.author, t.draft, t.prerelease, t.created_at, t.published_at,
           t.updated_at, t.html_url)
          IS DISTINCT FROM (
           excluded.tag_name, excluded.target, excluded.name, excluded.body, excluded.author, excluded.draft,
           excluded.prerelease, excluded.created_at, excluded.published_at, coalesce(excluded.updated_at, t.updated_at),
           excluded.html_url)
    RETURNING (t.xmax = 0) AS created
)
SELECT whole.number AS processed, c.created, c.updated, whole.number - c.created - c.updated AS unchanged
FROM (SELECT coalesce(sum(jsonb_array_length(rows)), 0)::integer AS number FROM input) AS whole,
     (SELECT (count(*) FILTER (WHERE created))::integer AS created,
             (count(*) FILTER (WHERE NOT created))::integer AS updated FROM written) AS c
