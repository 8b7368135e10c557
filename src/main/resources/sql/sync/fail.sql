-- Ends a sync that failed with the reason, and says when the next one tries: later after each failure in a row, and not
-- at all where only a person can help. One that somebody wanted to stop is cancelled, and what somebody asked for by a
-- JQL of his own says nothing about the project's schedule.
WITH failed AS (
    UPDATE sync_logs SET
        status = CASE WHEN cancel_requested THEN 'cancelled' ELSE 'failed' END, error_message = :#${variable.failure.words},
        state_text = CASE WHEN cancel_requested THEN 'cancelled' ELSE 'failed: ' || :#${variable.failure.words}::text END,
        completed_at = clock_timestamp(), owner = NULL, lease_until = NULL, waiting_until = NULL,
        estimated_completion_at = NULL
    WHERE id = :#${variable.syncId}::bigint AND status = 'running' AND owner = :#${bean:syncLeases?method=getOwner}
    RETURNING project_id, source, status, sync_type, publish_sync_end(sync_logs)
), scheduled AS (
    UPDATE sync_schedules s SET
        failures = s.failures + 1,
        next_sync_at = CASE
            WHEN :#${variable.failure.permanent}::boolean THEN greatest(s.next_sync_at, now() + interval '30 minutes')
            ELSE now() + least(interval '30 minutes', interval '30 seconds' * power(2, least(s.failures, 10)))
                * (0.8 + random() * 0.4)
        END
    FROM failed
    WHERE s.project_id = failed.project_id AND s.source = failed.source AND failed.status = 'failed'
      AND failed.sync_type NOT IN ('manual', 'webhook')
    RETURNING s.project_id, s.source
)
-- A connection whose probes succeed is not up while its syncs fail.
UPDATE connection_health h SET status = 'DEGRADED', error = 'The last sync failed: ' || :#${variable.failure.words}::text
FROM scheduled JOIN integration_configs c ON c.project_id = scheduled.project_id AND c.integration_type = scheduled.source
JOIN connection_health before ON before.config_id = c.id
WHERE h.config_id = c.id AND h.status IN ('UNKNOWN', 'UP', 'DEGRADED')
RETURNING publish_health(h, before.status) AS published
