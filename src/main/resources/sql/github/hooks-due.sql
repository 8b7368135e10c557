-- Claims the hooks that are to be looked at: those of connections that were saved, and now and again all.
WITH due AS (
    SELECT h.id FROM github_hooks h JOIN integration_configs c ON c.id = h.config_id AND c.is_active
    WHERE h.next_at <= now() OR h.checked_at < c.updated_at
    ORDER BY h.next_at LIMIT 20 FOR UPDATE OF h SKIP LOCKED
), claimed AS (
    UPDATE github_hooks h SET next_at = now() + interval '2 minutes', checked_at = now()
    FROM due WHERE h.id = due.id
    RETURNING h.*
)
SELECT h.id AS row_id, c.id, c.project_id, c.config_data::text AS config, h.repository, h.attempts, h.secret_id AS set_secret_id,
       (SELECT s.id FROM integration_secrets s
        WHERE s.config_id = c.id AND s.name = 'webhookSecret' AND s.valid_until IS NULL) AS secret_id
FROM claimed h JOIN integration_configs c ON c.id = h.config_id
