-- Notes what a probe of a connection found; it is not probed again before the moment that the other system names.
WITH probed AS (
    INSERT INTO connection_probes (config_id, ok, latency_ms)
    SELECT id, :#${variable.result.ok}::boolean, :#${variable.result.latencyMs}::integer
    FROM integration_configs WHERE id = :#${variable.connection.id}::bigint
    ON CONFLICT DO NOTHING
), former AS MATERIALIZED (
    SELECT status FROM connection_health WHERE config_id = :#${variable.connection.id}::bigint
), tested AS (
    UPDATE integration_configs SET
        last_tested = now(), test_status = CASE WHEN :#${variable.result.ok}::boolean THEN 'ok' ELSE 'failed' END
    WHERE id = :#${variable.connection.id}::bigint
    RETURNING id, project_id, integration_type
)
INSERT INTO connection_health AS h (config_id, status, last_tested, last_success, latency_ms, error, next_probe, rate_limit)
-- A probe asks little: while syncs fail, the connection is not up.
SELECT id, CASE WHEN NOT :#${variable.result.ok}::boolean THEN 'DOWN' WHEN sync.fails IS NOT NULL THEN 'DEGRADED' ELSE 'UP' END, now(),
       CASE WHEN :#${variable.result.ok}::boolean THEN now() END, :#${variable.result.latencyMs}::integer,
       coalesce(:#${variable.result.error}::text, sync.fails), coalesce(:#${variable.result.retryAt}::timestamptz, now()), :#${body}::jsonb
FROM tested
LEFT JOIN LATERAL (
    SELECT 'The last sync failed: ' || l.error_message AS fails
    FROM sync_schedules s JOIN sync_logs l ON l.project_id = s.project_id AND l.source = s.source AND l.status = 'failed'
    WHERE s.project_id = tested.project_id AND s.source = tested.integration_type AND s.failures > 0
    ORDER BY l.id DESC LIMIT 1
) sync ON true
ON CONFLICT (config_id) DO UPDATE SET
    status = excluded.status, last_tested = now(), last_success = coalesce(excluded.last_success, h.last_success),
    latency_ms = excluded.latency_ms, error = excluded.error, next_probe = greatest(h.next_probe, excluded.next_probe),
    rate_limit = coalesce(excluded.rate_limit, h.rate_limit)
RETURNING publish_health(h, (SELECT status FROM former)) AS published
