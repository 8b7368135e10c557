-- Notes the syncs of a source that are due, a few at a time. Each project's next date moves with it, so no other instance
-- starts the same one.
WITH due AS (
    SELECT s.project_id
    FROM sync_schedules s
    JOIN integration_configs c ON c.project_id = s.project_id AND c.integration_type = s.source AND c.is_active
    WHERE s.source = :#${variable.source} AND s.next_sync_at <= now() AND coalesce((c.config_data ->> 'autoSync')::boolean, true)
      AND NOT EXISTS (SELECT FROM sync_logs l WHERE l.project_id = s.project_id AND l.source = s.source AND l.status = 'running')
    ORDER BY s.next_sync_at
    LIMIT 4
    FOR UPDATE OF s SKIP LOCKED
), noted AS (
    INSERT INTO sync_logs (project_id, source, sync_type) SELECT project_id, :#${variable.source}, 'scheduled' FROM due
    ON CONFLICT (project_id, source) WHERE status = 'running' DO NOTHING
    RETURNING id, project_id, source, publish_sync_start(sync_logs)
), moved AS (
    UPDATE sync_schedules s SET next_sync_at = now() + interval '5 minutes'
    FROM noted WHERE s.project_id = noted.project_id AND s.source = noted.source
)
SELECT id FROM noted
