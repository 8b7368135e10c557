-- Claims the connections whose deliveries are to be looked at, each for one instance.
WITH due AS (
    SELECT c.id FROM integration_configs c
    LEFT JOIN github_redelivery r ON r.config_id = c.id
    WHERE c.integration_type = 'github' AND c.is_active AND c.config_data ->> 'webhookUrl' IS NOT NULL
      AND (r.config_id IS NULL OR (r.checked_at < now() - make_interval(secs => :#${variable.pauseSeconds}::double precision)
                                   AND (r.not_before IS NULL OR r.not_before <= now())))
), claimed AS (
    INSERT INTO github_redelivery AS r (config_id, checked_at) SELECT id, now() FROM due
    ON CONFLICT (config_id) DO UPDATE SET checked_at = now()
        WHERE r.checked_at < now() - make_interval(secs => :#${variable.pauseSeconds}::double precision)
    RETURNING r.config_id, r.hook_id, r.last_delivery_id
)
SELECT c.id, c.project_id, c.config_data::text AS config, claimed.hook_id, claimed.last_delivery_id
FROM claimed JOIN integration_configs c ON c.id = claimed.config_id
