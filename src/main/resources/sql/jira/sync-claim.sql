-- Claims a running sync for this instance where nobody holds its lease, and gives all that its plan needs.
WITH claimed AS (
    UPDATE jira_sync_logs SET
        owner = :#${bean:syncRuns?method=getOwner},
        lease_until = now() + make_interval(secs => :#${bean:syncRuns?method=getLeaseSeconds}),
        waiting_until = NULL,
        state_text = 'asking Jira for the first page'
    WHERE id = :#${body}::bigint AND status = 'running' AND (owner IS NULL OR lease_until < now())
      AND (waiting_until IS NULL OR waiting_until <= now())
    RETURNING *
), state AS (
    INSERT INTO jira_sync_state (project_id) SELECT project_id FROM claimed
    ON CONFLICT (project_id) DO NOTHING
)
SELECT claimed.id, claimed.project_id, claimed.sync_type, claimed.purpose, claimed.requested_jql,
       claimed.confirm_deletions, claimed.pages, claimed.checkpoint::text AS checkpoint, claimed.tickets_processed,
       config.id AS config_id, config.config_data::text AS config,
       known.cursor_ms, known.fingerprint,
       CASE WHEN config.config_data ->> 'deployment' IN ('cloud', 'datacenter') THEN config.config_data ->> 'deployment'
            ELSE known.deployment END AS deployment
FROM claimed
JOIN integration_configs config
  ON config.project_id = claimed.project_id AND config.integration_type = 'jira' AND config.is_active
LEFT JOIN jira_sync_state known ON known.project_id = claimed.project_id
