-- Deletes a project with all that belongs to it, and says so in the audit log.
WITH deleted AS (
    DELETE FROM projects WHERE id = :#${header.projectId}::bigint
    RETURNING *
), audited AS (
    INSERT INTO audit_log (actor, action, target, address, before)
    SELECT :#${header.PlatformActor}, 'project.delete', 'project/' || id, :#${header.PlatformAddress},
           jsonb_build_object('key', key, 'name', name)
    FROM deleted
)
SELECT id::text AS item FROM deleted
