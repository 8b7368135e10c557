-- Stores where branches are, unless it was seen later that they are elsewhere, with the keys in their names.
WITH input AS MATERIALIZED (
    SELECT id AS project_id, :#${variable.repositoryId}::bigint AS repository_id, :#${variable.rows}::jsonb AS rows
    FROM projects WHERE id = :#${variable.projectId}::bigint
), page AS MATERIALIZED (
    SELECT DISTINCT ON (name) input.project_id, input.repository_id, r.*
    FROM input, ROWS FROM (jsonb_to_recordset(input.rows) AS (
        name text, sha text, protected boolean, seen_at timestamptz
    )) WITH ORDINALITY AS r
    ORDER BY name, seen_at DESC NULLS LAST, (sha IS NULL), ordinality DESC
), written AS (
    INSERT INTO github_branches AS t (
        project_id, repository_id, name, sha, protected, seen_at, stored_at)
    SELECT
        project_id, repository_id, name, sha, protected, coalesce(seen_at, now()), now()
    FROM page
    ORDER BY name -- one order for all writers, so that two never wait for each other
    ON CONFLICT (project_id, repository_id, name) DO UPDATE SET
        sha = coalesce(excluded.sha, t.sha), protected = coalesce(excluded.protected, t.protected),
        seen_at = excluded.seen_at, stored_at = now()
    WHERE t.seen_at <= excluded.seen_at
      AND (t.sha, t.protected)
          IS DISTINCT FROM (
           coalesce(excluded.sha, t.sha), coalesce(excluded.protected, t.protected))
    RETURNING t.project_id, t.repository_id, t.name, (t.xmax = 0) AS created
), found AS MATERIALIZED (
    SELECT w.project_id, w.repository_id, w.name AS ref, s.source, k.jira_key
    FROM written w, LATERAL (VALUES ('branch', w.name)) AS s (source, searched),
         jira_keys(s.searched) AS k (jira_key)
), unlinked AS (
    DELETE FROM github_links l USING written w
    WHERE l.project_id = w.project_id AND l.repository_id = w.repository_id AND l.kind = 'branch' AND l.ref = w.name
      AND NOT EXISTS (SELECT FROM found f WHERE f.ref = l.ref AND f.source = l.source AND f.jira_key = l.jira_key)
), linked AS (
    INSERT INTO github_links (project_id, repository_id, kind, ref, source, jira_key)
    SELECT project_id, repository_id, 'branch', ref, source, jira_key FROM found
    ON CONFLICT DO NOTHING
)
SELECT whole.number AS processed, c.created, c.updated, whole.number - c.created - c.updated AS unchanged
FROM (SELECT coalesce(sum(jsonb_array_length(rows)), 0)::integer AS number FROM input) AS whole,
     (SELECT (count(*) FILTER (WHERE created))::integer AS created,
             (count(*) FILTER (WHERE NOT created))::integer AS updated FROM written) AS c
