-- Claims the connections whose probe is due, a few at a time and jittered, and forgets probes of long ago. Who has asked to be
-- left alone is not probed before the time.
WITH due AS (
    SELECT h.config_id FROM connection_health h
    JOIN integration_configs c ON c.id = h.config_id AND c.is_active AND c.integration_type = :#${variable.integration}
    WHERE h.next_probe <= now() AND (h.quiet_until IS NULL OR h.quiet_until <= now()) ORDER BY h.next_probe LIMIT 5 FOR UPDATE OF h SKIP LOCKED
), claimed AS (
    UPDATE connection_health h SET
        next_probe = now() + make_interval(secs => :#${variable.probeSeconds}) * (0.9 + random() * 0.2)
    FROM due WHERE h.config_id = due.config_id
    RETURNING h.config_id
), forgotten AS (
    DELETE FROM connection_probes USING claimed
    WHERE connection_probes.config_id = claimed.config_id AND at < now() - interval '7 days'
)
SELECT c.id, c.config_data::text AS config FROM integration_configs c JOIN claimed ON claimed.config_id = c.id
