-- The syncs of a project with one source, newest first.
-- sort: -startedAt = l.started_at :: timestamptz
-- tie: l.id
SELECT /*item*/ sync_log(l) AS item /*keys*/
FROM sync_logs l
WHERE l.project_id = :projectId AND l.source = :ofSource
  AND (CAST(:status AS text) IS NULL OR l.status = :status)
  AND (CAST(:syncType AS text) IS NULL OR l.sync_type = :syncType)
