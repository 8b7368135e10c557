-- Stores a page of issues: what is newer than what is stored and differs from it, with the keys in its texts.
WITH input AS MATERIALIZED (
    SELECT id AS project_id, :#${variable.repositoryId}::bigint AS repository_id, :#${variable.rows}::jsonb AS rows
    FROM projects WHERE id = :#${variable.projectId}::bigint
), page AS MATERIALIZED (
    SELECT DISTINCT ON (number) input.project_id, input.repository_id, r.*
    FROM input, ROWS FROM (jsonb_to_recordset(input.rows) AS (
        number bigint, id bigint, title text, body text, state text, state_reason text, type text, author text,
        labels text[], assignees text[], milestone text, comments integer, created_at timestamptz, updated_at timestamptz,
        closed_at timestamptz, html_url text
    )) WITH ORDINALITY AS r
    ORDER BY number, updated_at DESC, ordinality DESC
), written AS (
    INSERT INTO github_issues AS t (
        project_id, repository_id, number, id, title, body, state, state_reason, type, author, labels, assignees,
        milestone, comments, created_at, updated_at, closed_at, html_url, stored_at)
    SELECT
        project_id, repository_id, number, id, title, body, state, state_reason, type, author, labels, assignees,
        milestone, comments, created_at, updated_at, closed_at, html_url, now()
    FROM page
    ORDER BY number -- one order for all writers, so that two never wait for each other
    ON CONFLICT (project_id, repository_id, number) DO UPDATE SET
        id = excluded.id, title = excluded.title, body = excluded.body, state = excluded.state,
        state_reason = excluded.state_reason, type = excluded.type, author = excluded.author, labels = excluded.labels,
        assignees = excluded.assignees, milestone = excluded.milestone, comments = excluded.comments,
        created_at = excluded.created_at, updated_at = excluded.updated_at, closed_at = excluded.closed_at,
        html_url = excluded.html_url, stored_at = now()
    WHERE t.updated_at <= excluded.updated_at
      AND (t.id, t.title, t.body, t.state, t.state_reason, t.type, t.author, t.labels, t.assignees, t.milestone,
           t.comments, t.created_at, t.updated_at, t.closed_at, t.html_url)
          IS DISTINCT FROM (
           excluded.id, excluded.title, excluded.body, excluded.state, excluded.state_reason, excluded.type,
           excluded.author, excluded.labels, excluded.assignees, excluded.milestone, excluded.comments,
           excluded.created_at, excluded.updated_at, excluded.closed_at, excluded.html_url)
    RETURNING t.project_id, t.repository_id, t.number, t.title, t.body, t.author, (t.xmax = 0) AS created
), found AS MATERIALIZED (
    SELECT w.project_id, w.repository_id, w.number::text AS ref, s.source, k.jira_key
    FROM written w, LATERAL (VALUES ('title', w.title), ('body', w.body)) AS s (source, searched),
         jira_keys(s.searched, w.author) AS k (jira_key)
), unlinked AS (
    DELETE FROM github_links l USING written w
    WHERE l.project_id = w.project_id AND l.repository_id = w.repository_id AND l.kind = 'issue' AND l.ref = w.number::text
      AND NOT EXISTS (SELECT FROM found f WHERE f.ref = l.ref AND f.source = l.source AND f.jira_key = l.jira_key)
), linked AS (
    INSERT INTO github_links (project_id, repository_id, kind, ref, source, jira_key)
    SELECT project_id, repository_id, 'issue', ref, source, jira_key FROM found
    ON CONFLICT DO NOTHING
)
SELECT whole.number AS processed, c.created, c.updated, whole.number - c.created - c.updated AS unchanged
FROM (SELECT coalesce(sum(jsonb_array_length(rows)), 0)::integer AS number FROM input) AS whole,
     (SELECT (count(*) FILTER (WHERE created))::integer AS created,
             (count(*) FILTER (WHERE NOT created))::integer AS updated FROM written) AS c
