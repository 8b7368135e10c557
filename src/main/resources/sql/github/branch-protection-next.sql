-- The branches whose rules are to be read: those that are protected and the default branch, where they were never read, are
-- no longer what they were, or were read long ago, and where an event told of other rules. Those that were read long ago, and
-- those that the last sync had no more requests for, have their turn, a few in each sync.
WITH sync AS MATERIALIZED (
    SELECT started_at, sync_type FROM sync_logs WHERE id = :#${variable.syncId}::bigint
), spent AS MATERIALIZED (
    SELECT count(*) AS reads FROM github_reads, sync
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
      AND stream = 'branch-protection' AND read_at >= sync.started_at
), before AS MATERIALIZED (
    -- The last sync that walked this stream to its end: what has changed since it began (clocks differ), or came in since it
    -- ended, is news.
    SELECT last.started_at - interval '5 minutes' AS at, last.completed_at AS ended
    FROM (VALUES (1)) AS one LEFT JOIN LATERAL (
        SELECT l.started_at, l.completed_at FROM sync_logs l JOIN sync_stream_logs s ON s.sync_id = l.id
        WHERE l.project_id = :#${variable.projectId}::bigint AND l.source = 'github' AND l.id <> :#${variable.syncId}::bigint
          AND s.scope = :#${variable.scope} AND s.stream = 'branch-protection' AND s.state = 'completed'
        ORDER BY l.id DESC LIMIT 1) AS last ON true
), due AS (
    SELECT b.name AS ref, now_is.seen, b.protected IS NOT FALSE OR b.protection IS NOT NULL AS protected,
           b.name = repository.default_branch AS is_default, r.read_at,
           sync.sync_type = 'full' OR told.some OR r.seen <> now_is.seen
               OR (r.ref IS NULL AND coalesce(b.seen_at >= before.at OR b.stored_at > before.ended, true)) AS news
    FROM sync CROSS JOIN before
    JOIN github_branches b
      ON b.project_id = :#${variable.projectId}::bigint AND b.repository_id = :#${variable.repositoryId}::bigint
    -- A branch that is created again is another row.
    CROSS JOIN LATERAL (SELECT jsonb_build_object('protected', b.protected, 'row', b.row_id) AS seen) AS now_is
    LEFT JOIN github_repositories repository ON repository.project_id = b.project_id AND repository.repository_id = b.repository_id
    LEFT JOIN github_reads r ON r.project_id = b.project_id AND r.repository_id = b.repository_id AND r.stream = 'branch-protection'
        AND r.ref = b.name
    CROSS JOIN LATERAL (
        SELECT EXISTS (SELECT FROM github_pending_work w
                       WHERE w.project_id = b.project_id AND w.event_type = 'branch_protection_rule'
                         AND w.created_at > r.read_at) AS some) AS told
    WHERE CASE WHEN r.ref IS NULL THEN b.protected OR b.name = repository.default_branch
               WHEN r.seen <> now_is.seen THEN true
               WHEN r.problem IS NOT NULL THEN r.retry_at < now()
               WHEN b.protected OR b.name = repository.default_branch THEN
                   r.read_at < now() - make_interval(secs => :#${variable.itemWalk.intervalSeconds}::double precision)
                   OR (sync.sync_type = 'full' AND r.read_at < sync.started_at)
                   OR told.some
               ELSE false END
      AND b.name <> ALL (:#${variable.itemWalk.leftOut}::text[])
), turn AS (
    SELECT due.*, row_number() OVER (PARTITION BY coalesce(news, false) ORDER BY is_default IS TRUE DESC, read_at NULLS FIRST, ref) AS place
    FROM due
)
SELECT ref, seen::text AS seen, protected, coalesce(news, false) AS news FROM turn
WHERE news OR place <= :#${variable.itemWalk.spare}::bigint
ORDER BY is_default IS TRUE DESC, ref
LIMIT (SELECT greatest(0, least(100, :#${variable.itemWalk.limit}::bigint - reads)) FROM spent)
