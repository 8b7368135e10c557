-- Creates a token from its hash: outcome is unknown-user, too-many (tokens of the user) or done.
WITH given AS (
    SELECT :#${variable.token[name]}::text AS name, :#${variable.token[role]}::text AS role,
           :#${variable.token[userId]}::bigint AS user_id,
           now() + make_interval(days => coalesce(:#${variable.token[expiresInDays]}::int,
               :#${properties:platform.security.authentication.token-expiration}::int)) AS expires_at
), verdict AS (
    SELECT CASE
        WHEN g.user_id IS NULL THEN 'done'
        WHEN NOT EXISTS (SELECT FROM users u WHERE u.id = g.user_id) THEN 'unknown-user'
        WHEN (SELECT count(*) FROM api_tokens t
              WHERE t.user_id = g.user_id AND (t.expires_at IS NULL OR t.expires_at > now()))
             >= :#${properties:platform.security.authentication.max-tokens-per-user}::int THEN 'too-many'
        ELSE 'done' END AS outcome
    FROM given g
), created AS (
    INSERT INTO api_tokens (user_id, name, role, token_hash, expires_at)
    SELECT g.user_id, g.name, g.role, :#${variable.minted.hash}, g.expires_at
    FROM given g, verdict v
    WHERE v.outcome = 'done'
    RETURNING *
), audited AS (
    INSERT INTO audit_log (actor, action, target, address, after)
    SELECT :#${header.PlatformActor}, 'token.create', 'token/' || id, :#${header.PlatformAddress},
           jsonb_strip_nulls(jsonb_build_object('name', name, 'role', role, 'userId', user_id,
                                                'expiresAt', iso(expires_at)))
    FROM created
)
SELECT v.outcome, json_build_object('id', c.id, 'name', c.name, 'role', c.role, 'userId', c.user_id,
                                    'expiresAt', iso(c.expires_at))::text AS item
FROM verdict v LEFT JOIN created c ON true
