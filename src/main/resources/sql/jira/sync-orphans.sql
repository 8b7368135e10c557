-- Syncs that nobody runs: new ones, those whose wait is over, and those of an instance that gave no sign of life. The
-- last end as failed, and a successor goes on from their checkpoint.
WITH cut_off AS (
    UPDATE jira_sync_logs SET
        status = 'failed', completed_at = clock_timestamp(), owner = NULL, estimated_completion_at = NULL,
        error_message = 'The instance that ran this sync stopped without a word; another sync resumes it.',
        state_text = 'cut off after page ' || pages
    WHERE id IN (SELECT id FROM jira_sync_logs WHERE status = 'running' AND owner IS NOT NULL AND lease_until < now()
                 FOR UPDATE SKIP LOCKED)
    RETURNING *
), resumed AS (
    INSERT INTO jira_sync_logs (project_id, sync_type, purpose, requested_jql, confirm_deletions, checkpoint,
                                expected_tickets, resumed_from, cancel_requested, pages)
    SELECT project_id, sync_type, purpose, requested_jql, confirm_deletions, checkpoint, expected_tickets, id,
           cancel_requested, 0
    FROM cut_off
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
