-- The secret of a connection and those of the connections that share a hook with it, the last one that was given first.
SELECT c.id AS config_id, c.project_id, s.key_id, s.ciphertext
FROM (SELECT config_id AS id, project_id FROM github_hook_sharers(?, ?::jsonb)
      UNION
      SELECT id, project_id FROM integration_configs WHERE project_id = ? AND integration_type = 'github') c
LEFT JOIN integration_secrets s ON s.config_id = c.id AND s.name = 'webhookSecret' AND s.valid_until IS NULL
ORDER BY s.id DESC NULLS LAST, c.id
