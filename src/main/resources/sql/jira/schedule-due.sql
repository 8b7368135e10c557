-- Notes the syncs that are due, a few at a time: a replay where the mapping changed, a census by night, else an
-- incremental sync. Each project's next date moves with it, so no other instance starts the same one.
WITH due AS (
    SELECT s.project_id, s.replay_pending, s.next_census_at <= now() AND s.last_full_at IS NOT NULL AS census,
           s.next_sync_at <= now() AS sync, config.config_data
    FROM jira_sync_state s
    JOIN integration_configs config
      ON config.project_id = s.project_id AND config.integration_type = 'jira' AND config.is_active
    WHERE (s.replay_pending
           OR ((config.config_data ->> 'autoSync')::boolean
               AND (s.next_sync_at <= now() OR (s.next_census_at <= now() AND s.last_full_at IS NOT NULL))))
      AND NOT EXISTS (SELECT FROM jira_sync_logs l WHERE l.project_id = s.project_id AND l.status = 'running')
    ORDER BY s.next_sync_at
    LIMIT 4
    FOR UPDATE OF s SKIP LOCKED
), noted AS (
    INSERT INTO jira_sync_logs (project_id, sync_type, purpose)
    SELECT project_id, CASE WHEN replay_pending THEN 'replay' ELSE 'scheduled' END,
           CASE WHEN NOT replay_pending AND census THEN 'census' END
    FROM due
    ON CONFLICT (project_id) WHERE status = 'running' DO NOTHING
    RETURNING id, project_id, sync_type, purpose
), moved AS (
    UPDATE jira_sync_state s SET
        replay_pending = s.replay_pending AND noted.sync_type <> 'replay',
        next_sync_at = CASE WHEN noted.sync_type = 'scheduled' AND noted.purpose IS NULL
            THEN now() + interval '5 minutes' ELSE s.next_sync_at END,
        next_census_at = CASE WHEN noted.purpose = 'census' THEN now() + interval '1 hour' ELSE s.next_census_at END
    FROM noted WHERE s.project_id = noted.project_id
)
SELECT id FROM noted
