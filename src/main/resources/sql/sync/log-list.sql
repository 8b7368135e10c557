-- The syncs of a project with one source, newest first.
-- sort: -startedAt = l.started_at :: timestamptz not null
-- tie: l.id
SELECT /*item*/ sync_log(l) AS item
FROM sync_logs l
WHERE l.project_id = :projectId AND l.source = :ofSource
  /*status*/ AND l.status = :status
  /*syncType*/ AND l.sync_type = :syncType
