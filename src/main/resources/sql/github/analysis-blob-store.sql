-- Keeps what was found in a file.
WITH written AS (
    INSERT INTO github_blobs (project_id, sha, method, lines, functions, complexity, max_complexity, nesting, imports, names, build,
                              told, attributes)
    SELECT p.id, r.sha, r.method, r.lines, r.functions, r.complexity, r.max_complexity, r.nesting,
           coalesce(r.imports, '{}'), coalesce(r.names, '{}'), r.build, r.told, r.attributes
    FROM projects p, jsonb_to_recordset(:#${body}::jsonb) AS r (
        sha text, method text, lines integer, functions integer, complexity integer, max_complexity integer,
        nesting integer, imports text[], names text[], build jsonb, told text, attributes jsonb)
    WHERE p.id = :#${variable.projectId}::bigint
    ON CONFLICT DO NOTHING
)
SELECT 0 AS processed, 0 AS created, 0 AS updated, 0 AS unchanged
