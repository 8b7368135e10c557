-- Creates a project unless its key is taken, and says so in the audit log.
WITH created AS (
    INSERT INTO projects (key, name)
    VALUES (:#${variable.project[key]}, :#${variable.project[name]})
    ON CONFLICT (key) DO NOTHING
    RETURNING *
), audited AS (
    INSERT INTO audit_log (actor, action, target, address, after)
    SELECT :#${header.PlatformActor}, 'project.create', 'project/' || id, :#${header.PlatformAddress},
           jsonb_build_object('key', key, 'name', name)
    FROM created
)
SELECT json_build_object('id', id, 'name', name, 'key', key, 'createdAt', iso(created_at))::text AS item
FROM created
