-- The pull requests, the newest first, whose details were never read, or that are not what they were then; not more than a
-- sync may read. Files and commits follow from head and base: where those are the same, they are, too.
WITH sync AS MATERIALIZED (
    SELECT started_at, sync_type FROM sync_logs WHERE id = :#${variable.syncId}::bigint
), spent AS MATERIALIZED (
    SELECT count(*) AS reads FROM github_reads, sync
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
      AND stream = 'pull-details' AND read_at >= sync.started_at
)
SELECT p.number::text AS ref, now_is.seen::text AS seen,
       r.ref IS NULL OR r.problem IS NOT NULL OR sync.sync_type = 'full'
           OR r.seen - 'updatedAt' <> now_is.seen - 'updatedAt' AS moved
FROM sync CROSS JOIN spent
JOIN github_pulls p ON p.project_id = :#${variable.projectId}::bigint AND p.repository_id = :#${variable.repositoryId}::bigint
CROSS JOIN LATERAL (SELECT jsonb_build_object('updatedAt', iso(p.updated_at), 'head', p.head_sha, 'base', p.base_ref) AS seen)
    AS now_is
LEFT JOIN github_reads r ON r.project_id = p.project_id AND r.repository_id = p.repository_id AND r.stream = 'pull-details'
    AND r.ref = p.number::text
WHERE (r.ref IS NULL OR r.seen <> now_is.seen OR r.retry_at < now()
       OR (sync.sync_type = 'full' AND r.read_at < sync.started_at))
  AND p.number::text <> ALL (:#${variable.itemWalk.leftOut}::text[])
ORDER BY p.updated_at DESC, p.number DESC
LIMIT (SELECT greatest(0, least(100, :#${variable.itemWalk.pullLimit}::bigint - reads)) FROM spent)
