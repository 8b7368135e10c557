-- The commits whose check runs are to be read: where open pull requests, the default branch and protected branches are, and
-- what came of pull requests that were merged lately. Each is read once; again while it is so new that checks may still
-- begin, and while one of them runs. What was pushed since the last sync comes first; of all else a few have their turn, those
-- that have waited longest for their age.
WITH sync AS MATERIALIZED (
    SELECT started_at, sync_type FROM sync_logs WHERE id = :#${variable.syncId}::bigint
), spent AS MATERIALIZED (
    SELECT count(*) AS reads FROM github_reads, sync
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
      AND stream = 'check-runs' AND read_at >= sync.started_at
), before AS MATERIALIZED (
    -- The last sync that walked this stream to its end: what has changed since it began (clocks differ), or came in since it
    -- ended, is news.
    SELECT last.started_at - interval '5 minutes' AS at, last.completed_at AS ended
    FROM (VALUES (1)) AS one LEFT JOIN LATERAL (
        SELECT l.started_at, l.completed_at FROM sync_logs l JOIN sync_stream_logs s ON s.sync_id = l.id
        WHERE l.project_id = :#${variable.projectId}::bigint AND l.source = 'github' AND l.id <> :#${variable.syncId}::bigint
          AND s.scope = :#${variable.scope} AND s.stream = 'check-runs' AND s.state = 'completed'
        ORDER BY l.id DESC LIMIT 1) AS last ON true
), pulls AS MATERIALIZED (
    SELECT head_sha, merge_commit_sha, updated_at, merged_at, stored_at FROM github_pulls
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
      AND (state = 'open' OR merged_at > now() - interval '14 days')
), heads AS (
    SELECT head_sha AS sha, coalesce(merged_at, updated_at) AS since, stored_at FROM pulls
    UNION ALL
    SELECT merge_commit_sha, merged_at, stored_at FROM pulls WHERE merged_at IS NOT NULL
    UNION ALL
    -- A branch has no date: it was pushed before it was seen, and before the last push to the repository.
    SELECT b.sha, least(b.seen_at, repository.pushed_at), b.stored_at
    FROM github_branches b
    LEFT JOIN github_repositories repository
           ON repository.project_id = b.project_id AND repository.repository_id = b.repository_id
    WHERE b.project_id = :#${variable.projectId}::bigint AND b.repository_id = :#${variable.repositoryId}::bigint
      AND (b.protected OR b.name = repository.default_branch)
), commits AS MATERIALIZED (
    SELECT sha, max(since) AS since, max(stored_at) AS stored_at FROM heads WHERE sha IS NOT NULL GROUP BY sha
), due AS (
    SELECT c.sha AS ref, CASE WHEN sync.sync_type <> 'full' THEN r.etag END AS etag, c.since, r.read_at,
           sync.sync_type = 'full' OR (r.ref IS NULL AND coalesce(c.since >= before.at OR c.stored_at > before.ended, true)) AS news
    FROM sync CROSS JOIN before CROSS JOIN commits c
    LEFT JOIN github_reads r
           ON r.project_id = :#${variable.projectId}::bigint AND r.repository_id = :#${variable.repositoryId}::bigint
          AND r.stream = 'check-runs' AND r.ref = c.sha
    CROSS JOIN LATERAL (
        SELECT EXISTS (SELECT FROM github_last_checks(:#${variable.projectId}::bigint, :#${variable.repositoryId}::bigint, c.sha) k
                       WHERE k.status <> 'completed') AS some) AS unfinished
    WHERE CASE WHEN r.ref IS NULL THEN true
               WHEN r.read_at >= sync.started_at THEN false
               WHEN r.problem IS NOT NULL THEN r.retry_at < now()
               ELSE sync.sync_type = 'full'
                   OR r.read_at < c.since + make_interval(secs => :#${variable.itemWalk.settleSeconds}::double precision)
                   OR (unfinished.some AND (c.since > now() - interval '7 days'
                       OR r.read_at < now() - make_interval(secs => :#${variable.itemWalk.intervalSeconds}::double precision))) END
      AND c.sha <> ALL (:#${variable.itemWalk.leftOut}::text[])
), turn AS (
    SELECT due.*, row_number() OVER (PARTITION BY news ORDER BY github_waited(read_at, since) DESC NULLS LAST, since DESC, ref)
        AS place
    FROM due
)
SELECT ref, '{}' AS seen, etag, news FROM turn
WHERE news OR place <= :#${variable.itemWalk.spare}::bigint
ORDER BY news DESC, since DESC, ref
LIMIT (SELECT greatest(0, least(100, :#${variable.itemWalk.limit}::bigint - reads)) FROM spent)
