-- The pull requests, the newest first, whose details were never read, or that are not what they were then; not more than a
-- sync may read. What has changed since the last sync comes first; what is older is read little by little. Files and commits
-- follow from head and base: where those are the same, they are, too.
WITH sync AS MATERIALIZED (
    SELECT started_at, sync_type FROM sync_logs WHERE id = :#${variable.syncId}::bigint
), spent AS MATERIALIZED (
    SELECT count(*) AS reads FROM github_reads, sync
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
      AND stream = 'pull-details' AND read_at >= sync.started_at
), before AS MATERIALIZED (
    -- The last sync that walked this stream to its end: what has changed since it began (clocks differ), or came in since it
    -- ended, is news.
    SELECT last.started_at - interval '5 minutes' AS at, last.completed_at AS ended
    FROM (VALUES (1)) AS one LEFT JOIN LATERAL (
        SELECT l.started_at, l.completed_at FROM sync_logs l JOIN sync_stream_logs s ON s.sync_id = l.id
        WHERE l.project_id = :#${variable.projectId}::bigint AND l.source = 'github' AND l.id <> :#${variable.syncId}::bigint
          AND s.scope = :#${variable.scope} AND s.stream = 'pull-details' AND s.state = 'completed'
        ORDER BY l.id DESC LIMIT 1) AS last ON true
), due AS (
    SELECT p.number::text AS ref, now_is.seen, p.updated_at, p.number,
           sync.sync_type = 'full' OR before.at IS NULL OR p.updated_at >= before.at
               OR p.stored_at > before.ended AS news,
           r.ref IS NULL OR r.problem IS NOT NULL OR sync.sync_type = 'full'
               OR r.seen - 'updatedAt' <> now_is.seen - 'updatedAt' AS moved
    FROM sync CROSS JOIN before
    JOIN github_pulls p ON p.project_id = :#${variable.projectId}::bigint AND p.repository_id = :#${variable.repositoryId}::bigint
    CROSS JOIN LATERAL (SELECT jsonb_build_object('updatedAt', iso(p.updated_at), 'head', p.head_sha, 'base', p.base_ref) AS seen)
        AS now_is
    LEFT JOIN github_reads r ON r.project_id = p.project_id AND r.repository_id = p.repository_id AND r.stream = 'pull-details'
        AND r.ref = p.number::text
    WHERE (r.ref IS NULL OR r.seen <> now_is.seen OR r.retry_at < now()
           OR (sync.sync_type = 'full' AND r.read_at < sync.started_at))
      AND p.number::text <> ALL (:#${variable.itemWalk.leftOut}::text[])
), turn AS (
    SELECT due.*, row_number() OVER (PARTITION BY news ORDER BY updated_at DESC, number DESC) AS place FROM due
)
SELECT ref, seen::text AS seen, moved, news FROM turn
WHERE news OR place <= :#${variable.itemWalk.spare}::bigint
ORDER BY news DESC, updated_at DESC, number DESC
LIMIT (SELECT greatest(0, least(100, :#${variable.itemWalk.pullLimit}::bigint - reads)) FROM spent)
