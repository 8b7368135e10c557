-- Stores a page of workflow runs: what differs and is of a later attempt or moment. How long an attempt took is taken at its
-- end; what is done to the run afterwards (its logs are deleted) makes it no longer.
WITH input AS MATERIALIZED (
    SELECT id AS project_id, :#${variable.repositoryId}::bigint AS repository_id, :#${variable.rows}::jsonb AS rows
    FROM projects WHERE id = :#${variable.projectId}::bigint
), page AS MATERIALIZED (
    SELECT DISTINCT ON (id) input.project_id, input.repository_id, r.*
    FROM input, ROWS FROM (jsonb_to_recordset(input.rows) AS (
        id bigint, workflow_id bigint, name text, title text, run_number bigint, run_attempt integer, event text,
        status text, conclusion text, branch text, sha text, actor text, created_at timestamptz, started_at timestamptz,
        updated_at timestamptz, html_url text
    )) WITH ORDINALITY AS r
    ORDER BY id, run_attempt DESC, updated_at DESC, (status <> 'completed'), ordinality DESC
), written AS (
    INSERT INTO github_workflow_runs AS t (
        project_id, repository_id, id, workflow_id, name, title, run_number, run_attempt, event, status, conclusion,
        branch, sha, actor, created_at, started_at, updated_at, html_url, duration_ms, stored_at)
    SELECT
        project_id, repository_id, id, workflow_id, name, title, run_number, run_attempt, event, status, conclusion,
        branch, sha, actor, created_at, started_at, updated_at, html_url,
        CASE WHEN status = 'completed' THEN (extract(epoch FROM updated_at - started_at) * 1000)::bigint END, now()
    FROM page
    ORDER BY id -- one order for all writers, so that two never wait for each other
    ON CONFLICT (project_id, repository_id, id) DO UPDATE SET
        workflow_id = excluded.workflow_id, name = excluded.name, title = excluded.title,
        run_number = excluded.run_number, run_attempt = excluded.run_attempt, event = excluded.event,
        status = excluded.status, conclusion = excluded.conclusion, branch = excluded.branch, sha = excluded.sha,
        actor = excluded.actor, created_at = excluded.created_at, started_at = excluded.started_at,
        updated_at = excluded.updated_at, html_url = excluded.html_url,
        duration_ms = coalesce(CASE WHEN t.run_attempt = excluded.run_attempt THEN t.duration_ms END, excluded.duration_ms),
        stored_at = now()
    WHERE (t.run_attempt, t.updated_at, t.status = 'completed')
          <= (excluded.run_attempt, excluded.updated_at, excluded.status = 'completed')
      AND (t.workflow_id, t.name, t.title, t.run_number, t.run_attempt, t.event, t.status, t.conclusion, t.branch, t.sha,
           t.actor, t.created_at, t.started_at, t.updated_at, t.html_url, t.duration_ms)
          IS DISTINCT FROM (
           excluded.workflow_id, excluded.name, excluded.title, excluded.run_number, excluded.run_attempt, excluded.event,
           excluded.status, excluded.conclusion, excluded.branch, excluded.sha, excluded.actor, excluded.created_at,
           excluded.started_at, excluded.updated_at, excluded.html_url,
           coalesce(CASE WHEN t.run_attempt = excluded.run_attempt THEN t.duration_ms END, excluded.duration_ms))
    RETURNING (t.xmax = 0) AS created
)
SELECT whole.number AS processed, c.created, c.updated, whole.number - c.created - c.updated AS unchanged
FROM (SELECT coalesce(sum(jsonb_array_length(rows)), 0)::integer AS number FROM input) AS whole,
     (SELECT (count(*) FILTER (WHERE created))::integer AS created,
             (count(*) FILTER (WHERE NOT created))::integer AS updated FROM written) AS c
