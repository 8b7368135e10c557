-- Claims the hooks that are to be looked at: those of connections that were saved, and now and again all. What names no
-- webhookUrl any more is looked at as long as a hook of ours is there.
WITH wanted AS (
    INSERT INTO github_hooks (config_id, repository)
    SELECT c.id, c.config_data ->> 'repository' FROM integration_configs c
    WHERE c.integration_type = 'github' AND c.is_active AND c.config_data ->> 'webhookUrl' IS NOT NULL
    ON CONFLICT DO NOTHING
), due AS (
    SELECT h.config_id, h.repository FROM github_hooks h
    JOIN integration_configs c ON c.id = h.config_id AND c.is_active
    WHERE (h.next_at <= now() OR h.checked_at < c.updated_at)
      AND (h.made OR (c.config_data ->> 'webhookUrl' IS NOT NULL AND h.repository = c.config_data ->> 'repository'))
    ORDER BY h.next_at LIMIT 5 FOR UPDATE OF h SKIP LOCKED
), claimed AS (
    UPDATE github_hooks h SET next_at = now() + interval '2 minutes', checked_at = now()
    FROM due WHERE h.config_id = due.config_id AND h.repository = due.repository
    RETURNING h.*
)
SELECT c.id, c.project_id, c.config_data::text AS config, h.repository, h.hook_url, h.url, h.made, h.attempts,
       h.secret_id AS set_secret_id,
       (SELECT s.id FROM integration_secrets s
        WHERE s.config_id = c.id AND s.name = 'webhookSecret' AND s.valid_until IS NULL) AS secret_id,
       h.made AND (h.url IS DISTINCT FROM c.config_data ->> 'webhookUrl'
                   OR h.repository <> c.config_data ->> 'repository') AS former,
       c.config_data ->> 'webhookUrl' IS NOT NULL AND h.repository = c.config_data ->> 'repository' AS wanted
FROM claimed h JOIN integration_configs c ON c.id = h.config_id
