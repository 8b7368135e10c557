-- Deletes a project with all that belongs to it, and says so in the audit log. Its running syncs and its deliveries are
-- taken first: who stores a page or applies an event holds them and needs the project, so that the two would wait for
-- each other.
WITH held AS MATERIALIZED (
    SELECT id FROM sync_logs WHERE project_id = :#${header.projectId}::bigint AND status = 'running' FOR UPDATE
), queued AS (
    DELETE FROM webhook_queue WHERE project_id = :#${header.projectId}::bigint
    RETURNING 1
), delivered AS (
    DELETE FROM webhook_deliveries WHERE project_id = :#${header.projectId}::bigint
    RETURNING event_id
), events AS (
    DELETE FROM webhook_events e USING delivered d WHERE e.id = d.event_id
    RETURNING e.integration_type, e.status
), counted AS MATERIALIZED (
    SELECT webhook_count(integration_type, -1, 0, 0, 0, 0, -count(*) FILTER (WHERE status = 'dead'),
                         -count(*) FILTER (WHERE status IN ('pending', 'failed')),
                         -count(*) FILTER (WHERE status = 'failed'), NULL)
    FROM events GROUP BY integration_type
), deleted AS (
    DELETE FROM projects
    WHERE id = :#${header.projectId}::bigint
      AND (SELECT count(*) FROM held) + (SELECT count(*) FROM queued) + (SELECT count(*) FROM counted) >= 0
    RETURNING *
), audited AS (
    INSERT INTO audit_log (actor, action, target, address, before)
    SELECT :#${header.PlatformActor}, 'project.delete', 'project/' || id, :#${header.PlatformAddress},
           jsonb_build_object('key', key, 'name', name)
    FROM deleted
)
SELECT id::text AS item FROM deleted
