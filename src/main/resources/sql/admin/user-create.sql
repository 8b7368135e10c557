-- Creates a user unless the name is taken, and says so in the audit log.
WITH created AS (
    INSERT INTO users (username, email, role)
    VALUES (:#${variable.user[username]}, :#${variable.user[email]}::text, :#${variable.user[role]})
    ON CONFLICT (username) DO NOTHING
    RETURNING *
), audited AS (
    INSERT INTO audit_log (actor, action, target, address, after)
    SELECT :#${header.PlatformActor}, 'user.create', 'user/' || id, :#${header.PlatformAddress},
           jsonb_strip_nulls(jsonb_build_object('username', username, 'email', email, 'role', role))
    FROM created
)
SELECT json_strip_nulls(json_build_object('id', id, 'username', username, 'email', email, 'role', role,
                                          'createdAt', iso(created_at), 'updatedAt', iso(updated_at)))::text AS item
FROM created
