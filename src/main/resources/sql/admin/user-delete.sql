-- Deletes a user with all their tokens; 'last' where nobody would get in as administrator, nothing for no such user.
WITH found AS (
    SELECT u.*, (SELECT count(*) FROM api_tokens t WHERE t.user_id = u.id) AS tokens,
           administrator_remains(NULL, u.id) AS dispensable
    FROM users u WHERE u.id = :#${header.userId}::bigint
), deleted AS (
    DELETE FROM users u USING found f WHERE u.id = f.id AND f.dispensable
    RETURNING u.id
), audited AS (
    INSERT INTO audit_log (actor, action, target, address, before)
    SELECT :#${header.PlatformActor}, 'user.delete', 'user/' || f.id, :#${header.PlatformAddress},
           jsonb_strip_nulls(jsonb_build_object('username', f.username, 'email', f.email, 'role', f.role,
                                                'tokens', f.tokens))
    FROM found f JOIN deleted USING (id)
)
SELECT CASE WHEN f.dispensable THEN 'deleted' ELSE 'last' END AS outcome FROM found f
