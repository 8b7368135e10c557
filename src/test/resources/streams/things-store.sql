-- Stores things of a test's stream, each as new, changed or as it was.
WITH page AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset(:#${variable.rows}::jsonb) AS r (id text, text text)
), written AS (
    INSERT INTO test_things AS t (project_id, repository_id, stream, id, text, seen_at)
    SELECT :#${variable.projectId}::bigint, :#${variable.repositoryId}::bigint, :#${variable.stream}, id, text,
           :#${variable.fetchedAt}::timestamptz
    FROM page
    ON CONFLICT (project_id, stream, id) DO UPDATE SET text = excluded.text
    WHERE t.text IS DISTINCT FROM excluded.text
    RETURNING (t.xmax = 0) AS created
)
SELECT (SELECT count(*) FROM page)::integer AS processed,
       count(*) FILTER (WHERE created)::integer AS created,
       count(*) FILTER (WHERE NOT created)::integer AS updated,
       (SELECT count(*) FROM page)::integer - count(*)::integer AS unchanged
FROM written
