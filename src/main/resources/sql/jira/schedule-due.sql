-- Notes the syncs that are due, a few at a time: a replay where the mapping changed, a census by night, else an
-- incremental sync. Each project's next date moves with it, so no other instance starts the same one.
WITH due AS (
    SELECT s.project_id, s.replay_pending, s.next_census_at <= now() AND s.last_full_at IS NOT NULL AS census
    FROM jira_sync_state s
    JOIN sync_schedules d ON d.project_id = s.project_id AND d.source = 'jira'
    JOIN integration_configs config
      ON config.project_id = s.project_id AND config.integration_type = 'jira' AND config.is_active
    WHERE (s.replay_pending
           OR ((config.config_data ->> 'autoSync')::boolean
               AND (d.next_sync_at <= now() OR (s.next_census_at <= now() AND s.last_full_at IS NOT NULL))))
      AND NOT EXISTS (SELECT FROM sync_logs l WHERE l.project_id = s.project_id AND l.source = 'jira' AND l.status = 'running')
    ORDER BY d.next_sync_at
    LIMIT 4
    FOR UPDATE OF s, d SKIP LOCKED
), noted AS (
    INSERT INTO sync_logs (project_id, source, sync_type, purpose)
    SELECT project_id, 'jira', CASE WHEN replay_pending THEN 'replay' ELSE 'scheduled' END,
           CASE WHEN NOT replay_pending AND census THEN 'census' END
    FROM due
    ON CONFLICT (project_id, source) WHERE status = 'running' DO NOTHING
    RETURNING id, project_id, sync_type, purpose, publish_sync_start(sync_logs)
), moved AS (
    UPDATE sync_schedules s SET next_sync_at = now() + interval '5 minutes'
    FROM noted
    WHERE s.project_id = noted.project_id AND s.source = 'jira' AND noted.sync_type = 'scheduled' AND noted.purpose IS NULL
), done AS (
    UPDATE jira_sync_state s SET
        replay_pending = s.replay_pending AND noted.sync_type <> 'replay',
        next_census_at = CASE WHEN noted.purpose = 'census' THEN now() + interval '1 hour' ELSE s.next_census_at END
    FROM noted WHERE s.project_id = noted.project_id
)
SELECT id FROM noted
