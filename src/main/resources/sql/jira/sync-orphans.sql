-- Syncs that nobody runs: new ones, those whose wait is over, and those of an instance that gave no sign of life. The
-- last end as failed, and a successor goes on from their checkpoint, unless somebody wanted them to stop. What has lost
-- its connection ends here.
WITH abandoned AS (
    UPDATE jira_sync_logs l SET
        status = 'cancelled', state_text = 'cancelled', completed_at = clock_timestamp(), waiting_until = NULL,
        estimated_completion_at = NULL
    WHERE status = 'running' AND owner IS NULL
      AND NOT EXISTS (SELECT FROM integration_configs c
                      WHERE c.project_id = l.project_id AND c.integration_type = 'jira' AND c.is_active)
    RETURNING id
), cut_off AS (
    UPDATE jira_sync_logs SET
        status = CASE WHEN cancel_requested THEN 'cancelled' ELSE 'failed' END,
        completed_at = clock_timestamp(), owner = NULL, estimated_completion_at = NULL,
        error_message = CASE WHEN NOT cancel_requested THEN
            'The instance that ran this sync stopped without a word; another sync resumes it.' END,
        state_text = CASE WHEN cancel_requested THEN 'cancelled' ELSE 'cut off after page ' || pages END
    WHERE id IN (SELECT id FROM jira_sync_logs WHERE status = 'running' AND owner IS NOT NULL AND lease_until < now()
                 FOR UPDATE SKIP LOCKED)
    RETURNING *
), resumed AS (
    INSERT INTO jira_sync_logs (project_id, sync_type, purpose, requested_jql, confirm_deletions, checkpoint,
                                expected_tickets, resumed_from, pages)
    SELECT project_id, sync_type, purpose, requested_jql, confirm_deletions, checkpoint, expected_tickets, id, 0
    FROM cut_off WHERE status = 'failed'
    RETURNING id, resumed_from
), inherited AS (
    INSERT INTO jira_sync_seen (sync_id, page, jira_ids)
    SELECT resumed.id, -seen.page - 1, seen.jira_ids
    FROM jira_sync_seen seen JOIN resumed ON resumed.resumed_from = seen.sync_id
)
SELECT id, resumed_from AS resumed FROM resumed
UNION ALL
SELECT id, NULL FROM jira_sync_logs
WHERE status = 'running' AND owner IS NULL AND coalesce(waiting_until, started_at) <= now()
  AND id NOT IN (SELECT id FROM abandoned)
