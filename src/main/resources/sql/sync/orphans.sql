-- Syncs of a source that nobody runs: new ones, those whose wait is over, and those of an instance that gave no sign of
-- life. The last end as failed, and a successor goes on from their checkpoint, unless somebody wanted them to stop. What
-- has lost its connection ends here.
WITH abandoned AS (
    UPDATE sync_logs l SET
        status = 'cancelled', state_text = 'cancelled', completed_at = clock_timestamp(), waiting_until = NULL,
        estimated_completion_at = NULL
    WHERE source = :#${variable.source} AND status = 'running' AND owner IS NULL
      AND NOT EXISTS (SELECT FROM integration_configs c
                      WHERE c.project_id = l.project_id AND c.integration_type = l.source AND c.is_active)
    RETURNING id, publish_sync_end(l)
), cut_off AS (
    UPDATE sync_logs SET
        status = CASE WHEN cancel_requested THEN 'cancelled' ELSE 'failed' END,
        completed_at = clock_timestamp(), owner = NULL, estimated_completion_at = NULL,
        error_message = CASE WHEN NOT cancel_requested THEN
            'The instance that ran this sync stopped without a word; another sync resumes it.' END,
        state_text = CASE WHEN cancel_requested THEN 'cancelled' ELSE 'cut off after page ' || pages END
    WHERE id IN (SELECT id FROM sync_logs
                 WHERE source = :#${variable.source} AND status = 'running' AND owner IS NOT NULL AND lease_until < now()
                 FOR UPDATE SKIP LOCKED)
    RETURNING *, publish_sync_end(sync_logs)
), resumed AS (
    INSERT INTO sync_logs (project_id, source, sync_type, purpose, requested_jql, confirm_deletions, checkpoint,
                           expected, resumed_from, pages)
    SELECT project_id, source, sync_type, purpose, requested_jql, confirm_deletions, checkpoint, expected, id, 0
    FROM cut_off WHERE status = 'failed'
    RETURNING id, resumed_from, publish_sync_start(sync_logs)
), seen AS (
    INSERT INTO jira_sync_seen (sync_id, page, jira_ids)
    SELECT resumed.id, -seen.page - 1, seen.jira_ids
    FROM jira_sync_seen seen JOIN resumed ON resumed.resumed_from = seen.sync_id
), streams AS (
    -- What the sync that was cut off has done is not done again.
    INSERT INTO sync_stream_logs (sync_id, scope, scope_name, stream, position, state, answered, last_success_at, checkpoint, checkpoint_at)
    SELECT resumed.id, s.scope, s.scope_name, s.stream, s.position,
           CASE WHEN s.state IN ('completed', 'skipped') THEN 'skipped' ELSE 'waiting' END,
           s.answered, s.last_success_at,
           CASE WHEN s.state IN ('waiting', 'running') THEN s.checkpoint END, s.checkpoint_at
    FROM sync_stream_logs s JOIN resumed ON resumed.resumed_from = s.sync_id
)
SELECT id, resumed_from AS resumed FROM resumed
UNION ALL
SELECT id, NULL FROM sync_logs
WHERE source = :#${variable.source} AND status = 'running' AND owner IS NULL
  AND coalesce(waiting_until, started_at) <= now() AND id NOT IN (SELECT id FROM abandoned)
