-- Stores the last of some statuses with the deployment that it is about.
WITH input AS MATERIALIZED (
    SELECT id AS project_id, :#${variable.repositoryId}::bigint AS repository_id, :#${variable.rows}::jsonb AS rows
    FROM projects WHERE id = :#${variable.projectId}::bigint
), page AS MATERIALIZED (
    SELECT DISTINCT ON (deployment_id) input.project_id, input.repository_id, r.*
    FROM input, jsonb_to_recordset(input.rows)
        AS r (deployment_id bigint, state_id bigint, state text, state_at timestamptz, target_url text)
    ORDER BY deployment_id, state_at DESC, state_id DESC
), written AS (
    UPDATE github_deployments t SET
        state = page.state, state_at = page.state_at, state_id = page.state_id, target_url = page.target_url,
        stored_at = now()
    FROM page
    WHERE t.project_id = page.project_id AND t.repository_id = page.repository_id AND t.id = page.deployment_id
      AND (coalesce(t.state_at, '-infinity'), coalesce(t.state_id, 0)) < (page.state_at, page.state_id)
    RETURNING false AS created
)
SELECT whole.number AS processed, c.created, c.updated, whole.number - c.created - c.updated AS unchanged
FROM (SELECT coalesce(sum(jsonb_array_length(rows)), 0)::integer AS number FROM input) AS whole,
     (SELECT (count(*) FILTER (WHERE created))::integer AS created,
             (count(*) FILTER (WHERE NOT created))::integer AS updated FROM written) AS c
