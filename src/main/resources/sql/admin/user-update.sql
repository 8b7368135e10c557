-- Changes a user as a whole: outcome is unknown, taken (the name), last (the administrator who is left) or done.
WITH given AS (
    SELECT :#${header.userId}::bigint AS id, :#${variable.user[username]}::text AS username,
           :#${variable.user[email]}::text AS email, :#${variable.user[role]}::text AS role
), former AS (
    SELECT u.* FROM users u JOIN given USING (id) FOR UPDATE OF u
), verdict AS (
    SELECT CASE
        WHEN NOT EXISTS (SELECT FROM former) THEN 'unknown'
        WHEN EXISTS (SELECT FROM users u WHERE u.username = g.username AND u.id <> g.id) THEN 'taken'
        WHEN g.role <> 'ADMIN' AND NOT administrator_remains(NULL, g.id) THEN 'last'
        ELSE 'done' END AS outcome
    FROM given g
), changed AS (
    UPDATE users u SET username = g.username, email = g.email, role = g.role, updated_at = now()
    FROM given g, verdict v
    WHERE u.id = g.id AND v.outcome = 'done'
    RETURNING u.*
), audited AS (
    INSERT INTO audit_log (actor, action, target, address, before, after)
    SELECT :#${header.PlatformActor}, 'user.update', 'user/' || c.id, :#${header.PlatformAddress},
           jsonb_strip_nulls(jsonb_build_object('username', f.username, 'email', f.email, 'role', f.role)),
           jsonb_strip_nulls(jsonb_build_object('username', c.username, 'email', c.email, 'role', c.role))
    FROM changed c JOIN former f USING (id)
)
SELECT v.outcome,
       json_strip_nulls(json_build_object('id', c.id, 'username', c.username, 'email', c.email, 'role', c.role,
                                          'createdAt', iso(c.created_at), 'updatedAt', iso(c.updated_at)))::text AS item
FROM verdict v LEFT JOIN changed c ON true
