-- Ends a sync whose streams were walked; the next one is due after the project's interval.
WITH completed AS (
    UPDATE sync_logs SET
        status = 'completed', state_text = 'completed', completed_at = clock_timestamp(), owner = NULL, lease_until = NULL,
        waiting_until = NULL
    WHERE id = :#${variable.syncId}::bigint AND status = 'running' AND owner = :#${bean:syncLeases?method=getOwner}
    RETURNING project_id, source, publish_sync_end(sync_logs)
), recovered AS (
    UPDATE connection_health h SET status = 'UP', error = NULL
    FROM completed JOIN integration_configs c ON c.project_id = completed.project_id AND c.integration_type = completed.source
    WHERE h.config_id = c.id AND h.status = 'DEGRADED'
    RETURNING publish_health(h, 'DEGRADED')
)
UPDATE sync_schedules s SET
    failures = 0, last_success_at = now(),
    next_sync_at = now() + make_interval(mins => coalesce((c.config_data ->> 'syncIntervalMinutes')::integer,
        :#${variable.intervalMinutes}::integer)) * (0.9 + random() * 0.2)
FROM completed
JOIN integration_configs c ON c.project_id = completed.project_id AND c.integration_type = completed.source
WHERE s.project_id = completed.project_id AND s.source = completed.source
