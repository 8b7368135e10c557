-- The deployments whose statuses are to be read: where they were never read, where there are new ones (then the deployment
-- itself has changed), again while it goes on, and once a day of the last one of each environment.
WITH sync AS MATERIALIZED (
    SELECT started_at, sync_type FROM sync_logs WHERE id = :#${variable.syncId}::bigint
), spent AS MATERIALIZED (
    SELECT count(*) AS reads FROM github_reads, sync
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
      AND stream = 'deployment-statuses' AND read_at >= sync.started_at
), last AS MATERIALIZED (
    SELECT DISTINCT ON (environment) id FROM github_deployments
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
    ORDER BY environment, created_at DESC, id DESC
)
SELECT d.id::text AS ref, now_is.seen::text AS seen, CASE WHEN sync.sync_type <> 'full' THEN r.etag END AS etag
FROM sync CROSS JOIN spent
JOIN github_deployments d
  ON d.project_id = :#${variable.projectId}::bigint AND d.repository_id = :#${variable.repositoryId}::bigint
CROSS JOIN LATERAL (SELECT jsonb_build_object('updatedAt', iso(d.updated_at)) AS seen) AS now_is
LEFT JOIN github_reads r ON r.project_id = d.project_id AND r.repository_id = d.repository_id
    AND r.stream = 'deployment-statuses' AND r.ref = d.id::text
WHERE CASE WHEN r.ref IS NULL OR r.seen <> now_is.seen THEN true
           WHEN r.read_at >= sync.started_at THEN false
           WHEN r.problem IS NOT NULL THEN r.retry_at < now()
           WHEN sync.sync_type = 'full' THEN true
           WHEN coalesce(d.state, 'pending') NOT IN ('success', 'failure', 'error', 'inactive')
                AND d.created_at > now() - interval '7 days' THEN true
           ELSE d.id IN (SELECT id FROM last)
               AND r.read_at < now() - make_interval(secs => :#${variable.itemWalk.intervalSeconds}::double precision) END
  AND d.id::text <> ALL (:#${variable.itemWalk.leftOut}::text[])
ORDER BY d.created_at DESC, d.id DESC
LIMIT (SELECT greatest(0, least(100, :#${variable.itemWalk.limit}::bigint - reads)) FROM spent)
