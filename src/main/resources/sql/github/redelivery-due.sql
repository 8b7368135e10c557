-- Claims the repositories whose hooks' deliveries are to be looked at, each for one instance. What is known of those that no
-- connection names any more is forgotten.
WITH hooked AS MATERIALIZED (
    SELECT DISTINCT ON (c.id, lower(n.name)) c.id, n.name, lower(n.name) AS repository
    FROM integration_configs c, github_named(c.config_data) n
    WHERE c.integration_type = 'github' AND c.is_active AND c.config_data ->> 'webhookUrl' IS NOT NULL
    ORDER BY c.id, lower(n.name), n.place
), unhooked AS (
    DELETE FROM github_redelivery r
    WHERE NOT EXISTS (SELECT FROM hooked h WHERE h.id = r.config_id AND h.repository = r.repository)
), forgotten AS (
    DELETE FROM github_missed_deliveries m
    WHERE NOT EXISTS (SELECT FROM hooked h WHERE h.id = m.config_id AND h.repository = m.repository)
), due AS (
    SELECT hooked.* FROM hooked
    LEFT JOIN github_redelivery r ON r.config_id = hooked.id AND r.repository = hooked.repository
    WHERE r.config_id IS NULL OR (r.checked_at < now() - make_interval(secs => :#${body}::double precision)
                                  AND (r.not_before IS NULL OR r.not_before <= now()))
), claimed AS (
    INSERT INTO github_redelivery AS r (config_id, repository, checked_at) SELECT id, repository, now() FROM due ORDER BY id, repository
    ON CONFLICT (config_id, repository) DO UPDATE SET checked_at = now()
        WHERE r.checked_at < now() - make_interval(secs => :#${body}::double precision)
    RETURNING r.config_id, r.repository, r.hook_id, r.last_delivery_id
)
SELECT c.id, c.project_id, c.config_data::text AS config, due.name AS repository, claimed.hook_id, claimed.last_delivery_id
FROM claimed
JOIN due ON due.id = claimed.config_id AND due.repository = claimed.repository
JOIN integration_configs c ON c.id = claimed.config_id
