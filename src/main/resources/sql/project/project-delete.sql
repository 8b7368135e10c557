-- Deletes a project with all that belongs to it, and says so in the audit log. Its running sync is locked first: a page
-- that is being stored holds it and needs the project, so that the two would wait for each other.
WITH held AS MATERIALIZED (
    SELECT id FROM jira_sync_logs WHERE project_id = :#${header.projectId}::bigint AND status = 'running' FOR UPDATE
), deleted AS (
    DELETE FROM projects WHERE id = :#${header.projectId}::bigint AND (SELECT count(*) FROM held) >= 0
    RETURNING *
), audited AS (
    INSERT INTO audit_log (actor, action, target, address, before)
    SELECT :#${header.PlatformActor}, 'project.delete', 'project/' || id, :#${header.PlatformAddress},
           jsonb_build_object('key', key, 'name', name)
    FROM deleted
)
SELECT id::text AS item FROM deleted
