-- Stores a page of a pull request's files under its present head; those of a former head go.
WITH input AS MATERIALIZED (
    SELECT id AS project_id, :#${variable.repositoryId}::bigint AS repository_id, :#${variable.rows}::jsonb AS rows
    FROM projects WHERE id = :#${variable.projectId}::bigint
), page AS MATERIALIZED (
    SELECT DISTINCT ON (pull_number, path) input.project_id, input.repository_id, r.*
    FROM input, ROWS FROM (jsonb_to_recordset(input.rows) AS (
        pull_number bigint, path text, status text, previous_path text, additions integer, deletions integer
    )) WITH ORDINALITY AS r
    ORDER BY pull_number, path, ordinality DESC
), headed AS MATERIALIZED (
    SELECT page.*, pull.head_sha FROM page
    LEFT JOIN github_pulls pull ON pull.project_id = page.project_id AND pull.repository_id = page.repository_id
        AND pull.number = page.pull_number
), written AS (
    INSERT INTO github_pull_files AS t (
        project_id, repository_id, pull_number, path, status, previous_path, additions, deletions, head_sha)
    SELECT
        project_id, repository_id, pull_number, path, status, previous_path, additions, deletions, head_sha
    FROM headed
    ORDER BY pull_number, path -- one order for all writers, so that two never wait for each other
    ON CONFLICT (project_id, repository_id, pull_number, path) DO UPDATE SET
        status = excluded.status, previous_path = excluded.previous_path, additions = excluded.additions,
        deletions = excluded.deletions, head_sha = excluded.head_sha
    WHERE (t.status, t.previous_path, t.additions, t.deletions, t.head_sha)
          IS DISTINCT FROM (
           excluded.status, excluded.previous_path, excluded.additions, excluded.deletions, excluded.head_sha)
    RETURNING (t.xmax = 0) AS created
), gone AS (
    DELETE FROM github_pull_files o USING (SELECT DISTINCT project_id, repository_id, pull_number, head_sha FROM headed) h
    WHERE o.project_id = h.project_id AND o.repository_id = h.repository_id AND o.pull_number = h.pull_number
      AND o.head_sha IS DISTINCT FROM h.head_sha
      AND NOT EXISTS (SELECT FROM headed WHERE headed.pull_number = o.pull_number AND headed.path = o.path)
)
SELECT whole.number AS processed, c.created, c.updated, whole.number - c.created - c.updated AS unchanged
FROM (SELECT coalesce(sum(jsonb_array_length(rows)), 0)::integer AS number FROM input) AS whole,
     (SELECT (count(*) FILTER (WHERE created))::integer AS created,
             (count(*) FILTER (WHERE NOT created))::integer AS updated FROM written) AS c
