-- The branches whose rules are to be read: those that are protected and the default branch, where they were never read, are
-- no longer what they were, or were read long ago, and where an event told of other rules.
WITH sync AS MATERIALIZED (
    SELECT started_at, sync_type FROM sync_logs WHERE id = :#${variable.syncId}::bigint
), spent AS MATERIALIZED (
    SELECT count(*) AS reads FROM github_reads, sync
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
      AND stream = 'branch-protection' AND read_at >= sync.started_at
)
SELECT b.name AS ref, now_is.seen::text AS seen, b.protected IS NOT FALSE OR b.protection IS NOT NULL AS protected
FROM sync CROSS JOIN spent
JOIN github_branches b
  ON b.project_id = :#${variable.projectId}::bigint AND b.repository_id = :#${variable.repositoryId}::bigint
-- A branch that is made anew is another row.
CROSS JOIN LATERAL (SELECT jsonb_build_object('protected', b.protected, 'row', b.row_id) AS seen) AS now_is
LEFT JOIN github_repositories repository ON repository.project_id = b.project_id AND repository.repository_id = b.repository_id
LEFT JOIN github_reads r ON r.project_id = b.project_id AND r.repository_id = b.repository_id AND r.stream = 'branch-protection'
    AND r.ref = b.name
WHERE CASE WHEN r.ref IS NULL THEN b.protected OR b.name = repository.default_branch
           WHEN r.seen <> now_is.seen THEN true
           WHEN r.problem IS NOT NULL THEN r.retry_at < now()
           WHEN b.protected OR b.name = repository.default_branch THEN
               r.read_at < now() - make_interval(secs => :#${variable.itemWalk.intervalSeconds}::double precision)
               OR (sync.sync_type = 'full' AND r.read_at < sync.started_at)
               OR EXISTS (SELECT FROM github_pending_work w
                          WHERE w.project_id = b.project_id AND w.event_type = 'branch_protection_rule'
                            AND w.created_at > r.read_at)
           ELSE false END
  AND b.name <> ALL (:#${variable.itemWalk.leftOut}::text[])
ORDER BY (b.name = repository.default_branch) IS TRUE DESC, b.name
LIMIT (SELECT greatest(0, least(100, :#${variable.itemWalk.limit}::bigint - reads)) FROM spent)
