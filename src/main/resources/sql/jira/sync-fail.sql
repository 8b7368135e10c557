-- Ends a sync that failed with the reason, and says when the next one tries: later after each failure in a row, and not
-- at all where only a person can help.
WITH failed AS (
    UPDATE jira_sync_logs SET
        status = 'failed', error_message = :#${variable.failure}, state_text = 'failed: ' || :#${variable.failure}::text,
        completed_at = clock_timestamp(), owner = NULL, lease_until = NULL, waiting_until = NULL,
        estimated_completion_at = NULL
    WHERE id = :#${variable.syncId}::bigint AND status = 'running'
    RETURNING project_id
)
UPDATE jira_sync_state s SET
    failures = s.failures + 1,
    next_sync_at = CASE
        WHEN :#${variable.hopeless}::boolean THEN greatest(s.next_sync_at, now() + interval '30 minutes')
        ELSE now() + least(interval '30 minutes', interval '30 seconds' * power(2, least(s.failures, 10)))
            * (0.8 + random() * 0.4)
    END
FROM failed WHERE s.project_id = failed.project_id
