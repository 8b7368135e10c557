-- The syncs of a project, newest first.
-- sort: -startedAt = l.started_at :: timestamptz
-- tie: l.id
SELECT /*item*/ jira_sync_log(l) AS item /*keys*/
FROM jira_sync_logs l
WHERE l.project_id = :projectId
  AND (CAST(:status AS text) IS NULL OR l.status = :status)
  AND (CAST(:syncType AS text) IS NULL OR l.sync_type = :syncType)
