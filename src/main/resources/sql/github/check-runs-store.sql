-- Stores a page of check runs. None says when it changed; how far it is tells which is the later.
WITH input AS MATERIALIZED (
    SELECT id AS project_id, :#${variable.repositoryId}::bigint AS repository_id, :#${variable.rows}::jsonb AS rows
    FROM projects WHERE id = :#${variable.projectId}::bigint
), page AS MATERIALIZED (
    SELECT DISTINCT ON (id) input.project_id, input.repository_id, r.*
    FROM input, ROWS FROM (jsonb_to_recordset(input.rows) AS (
        id bigint, suite_id bigint, sha text, name text, app text, status text, conclusion text, started_at timestamptz,
        completed_at timestamptz, html_url text
    )) WITH ORDINALITY AS r
    ORDER BY id, started_at DESC NULLS LAST, (status = 'completed') DESC, (status = 'in_progress') DESC,
    completed_at DESC NULLS LAST, ordinality DESC
), written AS (
    INSERT INTO github_check_runs AS t (
        project_id, repository_id, id, suite_id, sha, name, app, status, conclusion, started_at, completed_at, html_url,
        stored_at)
    SELECT
        project_id, repository_id, id, suite_id, sha, name, app, status, conclusion, started_at, completed_at, html_url,
        now()
    FROM page
    ORDER BY id -- one order for all writers, so that two never wait for each other
    ON CONFLICT (project_id, repository_id, id) DO UPDATE SET
        suite_id = excluded.suite_id, sha = excluded.sha, name = excluded.name, app = excluded.app,
        status = excluded.status, conclusion = excluded.conclusion, started_at = excluded.started_at,
        completed_at = excluded.completed_at, html_url = excluded.html_url, stored_at = now()
    WHERE (coalesce(t.started_at, '-infinity'), t.status = 'completed', t.status = 'in_progress',
           coalesce(t.completed_at, '-infinity'))
          <= (coalesce(excluded.started_at, '-infinity'), excluded.status = 'completed', excluded.status = 'in_progress',
           coalesce(excluded.completed_at, '-infinity'))
      AND (t.suite_id, t.sha, t.name, t.app, t.status, t.conclusion, t.started_at, t.completed_at, t.html_url)
          IS DISTINCT FROM (
           excluded.suite_id, excluded.sha, excluded.name, excluded.app, excluded.status, excluded.conclusion,
           excluded.started_at, excluded.completed_at, excluded.html_url)
    RETURNING (t.xmax = 0) AS created
)
SELECT whole.number AS processed, c.created, c.updated, whole.number - c.created - c.updated AS unchanged
FROM (SELECT coalesce(sum(jsonb_array_length(rows)), 0)::integer AS number FROM input) AS whole,
     (SELECT (count(*) FILTER (WHERE created))::integer AS created,
             (count(*) FILTER (WHERE NOT created))::integer AS updated FROM written) AS c
