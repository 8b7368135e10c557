-- Keeps what of a page could not be stored, and forgets what of it could be stored this time.
WITH refused AS MATERIALIZED (
    SELECT DISTINCT ON (r.ref) r.ref, r.reason, r.payload
    FROM jsonb_to_recordset(:#${body}::jsonb) AS r (ref text, reason text, payload text)
    ORDER BY r.ref
), stored AS (
    DELETE FROM github_set_aside s
    WHERE s.project_id = :#${variable.projectId}::bigint AND s.repository_id = :#${variable.repositoryId}::bigint
      AND s.stream = :#${variable.storing.stream} AND s.ref = ANY (:#${variable.storing.refs}::text[])
)
INSERT INTO github_set_aside AS s (project_id, repository_id, stream, ref, reason, payload)
SELECT p.id, :#${variable.repositoryId}::bigint, :#${variable.storing.stream}, refused.ref, refused.reason, refused.payload
FROM projects p, refused WHERE p.id = :#${variable.projectId}::bigint
ON CONFLICT (project_id, repository_id, stream, ref) DO UPDATE SET
    reason = excluded.reason, payload = excluded.payload, attempts = s.attempts + 1
