-- Stores the rules that protect a branch: those of its own protection, and those of rulesets.
WITH input AS MATERIALIZED (
    SELECT id AS project_id, :#${variable.repositoryId}::bigint AS repository_id, :#${variable.rows}::jsonb AS rows
    FROM projects WHERE id = :#${variable.projectId}::bigint
), page AS MATERIALIZED (
    SELECT DISTINCT ON (name, ruleset) input.project_id, input.repository_id, r.*
    FROM input, jsonb_to_recordset(input.rows) AS r (name text, ruleset boolean, rules jsonb)
    ORDER BY name, ruleset
), written AS (
    UPDATE github_branches t SET
        protection = CASE WHEN page.ruleset THEN t.protection ELSE page.rules END,
        rules = CASE WHEN page.ruleset THEN page.rules ELSE t.rules END,
        stored_at = now()
    FROM page
    WHERE t.project_id = page.project_id AND t.repository_id = page.repository_id AND t.name = page.name
      AND page.rules IS DISTINCT FROM CASE WHEN page.ruleset THEN t.rules ELSE t.protection END
    RETURNING false AS created
)
SELECT whole.number AS processed, c.created, c.updated, whole.number - c.created - c.updated AS unchanged
FROM (SELECT coalesce(sum(jsonb_array_length(rows)), 0)::integer AS number FROM input) AS whole,
     (SELECT (count(*) FILTER (WHERE created))::integer AS created,
             (count(*) FILTER (WHERE NOT created))::integer AS updated FROM written) AS c
