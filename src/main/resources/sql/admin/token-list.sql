-- The tokens without their values, a page at a time.
-- sort: name = t.name :: text not null
-- sort: createdAt = t.created_at :: timestamptz not null
-- sort: expiresAt = t.expires_at :: timestamptz
-- tie: t.id
SELECT /*item*/ json_strip_nulls(json_build_object('id', t.id, 'name', t.name, 'role', t.role, 'userId', t.user_id,
                                                   'createdAt', iso(t.created_at), 'expiresAt', iso(t.expires_at),
                                                   'lastUsedAt', iso(t.last_used_at))) AS item
FROM api_tokens t
WHERE true
