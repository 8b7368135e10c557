-- Claims a running sync for this instance where nobody holds its lease, and gives what it is and the connection's
-- configuration.
WITH claimed AS (
    UPDATE sync_logs SET
        owner = :#${bean:syncLeases?method=getOwner},
        lease_until = now() + make_interval(secs => :#${bean:syncLeases?method=getLeaseSeconds}),
        waiting_until = NULL,
        state_text = 'asking for the first page'
    WHERE id = :#${body}::bigint AND status = 'running' AND (owner IS NULL OR lease_until < now())
      AND (waiting_until IS NULL OR waiting_until <= now())
    RETURNING *
), scheduled AS (
    INSERT INTO sync_schedules (project_id, source) SELECT project_id, source FROM claimed
    ON CONFLICT (project_id, source) DO NOTHING
)
SELECT claimed.id, claimed.project_id, claimed.source, claimed.sync_type, claimed.purpose, claimed.requested_jql,
       claimed.confirm_deletions, claimed.pages, claimed.checkpoint::text AS checkpoint,
       config.id AS config_id, config.config_data::text AS config, config.updated_at::text AS config_at
FROM claimed
JOIN integration_configs config
  ON config.project_id = claimed.project_id AND config.integration_type = claimed.source AND config.is_active
