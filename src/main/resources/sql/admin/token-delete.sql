-- Ends a token; 'last' where nobody would get in as administrator without it, nothing where there is no such token.
WITH found AS (
    SELECT t.*, administrator_remains(t.id, NULL) AS dispensable
    FROM api_tokens t WHERE t.id = :#${header.tokenId}::bigint
), deleted AS (
    DELETE FROM api_tokens t USING found f WHERE t.id = f.id AND f.dispensable
    RETURNING t.id
), audited AS (
    INSERT INTO audit_log (actor, action, target, address, before)
    SELECT :#${header.PlatformActor}, 'token.delete', 'token/' || f.id, :#${header.PlatformAddress},
           jsonb_strip_nulls(jsonb_build_object('name', f.name, 'role', f.role, 'userId', f.user_id,
                                                'expiresAt', iso(f.expires_at)))
    FROM found f JOIN deleted USING (id)
)
SELECT CASE WHEN f.dispensable THEN 'deleted' ELSE 'last' END AS outcome FROM found f
