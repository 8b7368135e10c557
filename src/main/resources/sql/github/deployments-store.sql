-- Stores a page of deployments: what is not older than what is stored and differs from it.
WITH input AS MATERIALIZED (
    SELECT id AS project_id, :#${variable.repositoryId}::bigint AS repository_id, :#${variable.rows}::jsonb AS rows
    FROM projects WHERE id = :#${variable.projectId}::bigint
), page AS MATERIALIZED (
    SELECT DISTINCT ON (id) input.project_id, input.repository_id, r.*
    FROM input, ROWS FROM (jsonb_to_recordset(input.rows) AS (
        id bigint, sha text, ref text, task text, environment text, description text, creator text, production boolean,
        payload jsonb, created_at timestamptz, updated_at timestamptz
    )) WITH ORDINALITY AS r
    ORDER BY id, updated_at DESC, ordinality DESC
), written AS (
    INSERT INTO github_deployments AS t (
        project_id, repository_id, id, sha, ref, task, environment, description, creator, production, payload, created_at,
        updated_at, stored_at)
    SELECT
        project_id, repository_id, id, sha, ref, task, environment, description, creator, production, payload, created_at,
        updated_at, now()
    FROM page
    ORDER BY id -- one order for all writers, so that two never wait for each other
    ON CONFLICT (project_id, repository_id, id) DO UPDATE SET
        sha = excluded.sha, ref = excluded.ref, task = excluded.task, environment = excluded.environment,
        description = excluded.description, creator = excluded.creator, production = excluded.production,
        payload = excluded.payload, created_at = excluded.created_at, updated_at = excluded.updated_at, stored_at = now()
    WHERE t.updated_at <= excluded.updated_at
      AND (t.sha, t.ref, t.task, t.environment, t.description, t.creator, t.production, t.payload, t.created_at,
           t.updated_at)
          IS DISTINCT FROM (
           excluded.sha, excluded.ref, excluded.task, excluded.environment, excluded.description, excluded.creator,
           excluded.production, excluded.payload, excluded.created_at, excluded.updated_at)
    RETURNING (t.xmax = 0) AS created
)
SELECT whole.number AS processed, c.created, c.updated, whole.number - c.created - c.updated AS unchanged
FROM (SELECT coalesce(sum(jsonb_array_length(rows)), 0)::integer AS number FROM input) AS whole,
     (SELECT (count(*) FILTER (WHERE created))::integer AS created,
             (count(*) FILTER (WHERE NOT created))::integer AS updated FROM written) AS c
