-- The deployments whose statuses are to be read: where they were never read, where there are new ones (then the deployment
-- itself has changed), again while it goes on, and once a day of the last one of each environment. What has changed since the
-- last sync comes first; of all else a few have their turn, those that have waited longest for their age.
WITH sync AS MATERIALIZED (
    SELECT started_at, sync_type FROM sync_logs WHERE id = :#${variable.syncId}::bigint
), spent AS MATERIALIZED (
    SELECT count(*) AS reads FROM github_reads, sync
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
      AND stream = 'deployment-statuses' AND read_at >= sync.started_at
), before AS MATERIALIZED (
    -- The last sync that walked this stream to its end: what has changed since it began (clocks differ), or came in since it
    -- ended, is news.
    SELECT last.started_at - interval '5 minutes' AS at, last.completed_at AS ended
    FROM (VALUES (1)) AS one LEFT JOIN LATERAL (
        SELECT l.started_at, l.completed_at FROM sync_logs l JOIN sync_stream_logs s ON s.sync_id = l.id
        WHERE l.project_id = :#${variable.projectId}::bigint AND l.source = 'github' AND l.id <> :#${variable.syncId}::bigint
          AND s.scope = :#${variable.scope} AND s.stream = 'deployment-statuses' AND s.state = 'completed'
        ORDER BY l.id DESC LIMIT 1) AS last ON true
), last AS MATERIALIZED (
    SELECT DISTINCT ON (environment) id FROM github_deployments
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
    ORDER BY environment, created_at DESC, id DESC
), due AS (
    SELECT d.id::text AS ref, now_is.seen, CASE WHEN sync.sync_type <> 'full' THEN r.etag END AS etag, d.created_at, d.id, r.read_at,
           sync.sync_type = 'full'
               OR ((r.ref IS NULL OR r.seen <> now_is.seen) AND coalesce(d.updated_at >= before.at OR d.stored_at > before.ended, true)) AS news
    FROM sync CROSS JOIN before
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
), turn AS (
    SELECT due.*, row_number() OVER (PARTITION BY news ORDER BY github_waited(read_at, created_at) DESC NULLS LAST, created_at DESC, id DESC)
        AS place
    FROM due
)
SELECT ref, seen::text AS seen, etag, news FROM turn
WHERE news OR place <= :#${variable.itemWalk.spare}::bigint
ORDER BY news DESC, created_at DESC, id DESC
LIMIT (SELECT greatest(0, least(100, :#${variable.itemWalk.limit}::bigint - reads)) FROM spent)
