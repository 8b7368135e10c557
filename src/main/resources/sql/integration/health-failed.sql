-- Marks a connection as down by what a sync met, and counts that in its uptime as a probe that failed.
WITH counted AS (
    INSERT INTO connection_probes (config_id, ok) VALUES (:#${variable.claim[config_id]}::bigint, false)
    ON CONFLICT DO NOTHING
)
UPDATE connection_health h SET status = 'DOWN', error = :#${variable.failure.words}, last_tested = now()
FROM connection_health before
WHERE before.config_id = h.config_id AND h.config_id = :#${variable.claim[config_id]}::bigint
RETURNING publish_health(h, before.status) AS published
