-- The state of every connection, and what waits.
SELECT (
    SELECT coalesce(json_agg(json_strip_nulls(json_build_object(
        'connectionId', c.id, 'projectId', c.project_id, 'type', c.integration_type, 'status', coalesce(h.status, 'UNKNOWN'),
        'lastTested', iso(h.last_tested), 'lastSuccess', iso(h.last_success), 'latencyMs', h.latency_ms,
        'uptimePercent', (SELECT round((100 * coalesce(sum(p.seconds) FILTER (WHERE p.ok), 0) / nullif(sum(p.seconds), 0))::numeric, 2)
                          FROM connection_observations(c.id, now() - interval '24 hours') p),
        'dataAgeSeconds', floor(extract(epoch FROM now() - s.last_success_at))::bigint,
        'streams', stream_ages(c.project_id, c.integration_type),
        'missedDeliveries', (
            SELECT json_build_object(
                'checkedAt', iso(min(r.checked_at)),
                'problem', CASE WHEN count(*) = 1 THEN min(r.problem)
                                ELSE string_agg(r.repository || ': ' || r.problem, ' ' ORDER BY r.repository) END,
                'waiting', (SELECT count(*) FROM github_missed_deliveries m WHERE m.config_id = c.id))
            FROM github_redelivery r WHERE r.config_id = c.id HAVING count(*) > 0),
        'rateLimit', h.rate_limit, 'error', h.error)) ORDER BY c.project_id, c.integration_type), '[]')
    FROM integration_configs c
    LEFT JOIN connection_health h ON h.config_id = c.id
    LEFT JOIN sync_schedules s ON s.project_id = c.project_id AND s.source = c.integration_type
    WHERE c.is_active)::text AS integrations,
    (SELECT count(*) FROM sync_logs WHERE status = 'running' AND waiting_until IS NULL)::integer AS running,
    (SELECT count(*) FROM sync_logs WHERE status = 'running' AND waiting_until IS NOT NULL)::integer AS waiting,
    (SELECT count(*) FROM (SELECT FROM jira_search_queue LIMIT 100000) q)::integer AS unindexed
