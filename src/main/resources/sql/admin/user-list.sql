-- The users, a page at a time.
-- sort: username = u.username :: text not null
-- sort: createdAt = u.created_at :: timestamptz not null
-- tie: u.id
SELECT /*item*/ json_strip_nulls(json_build_object('id', u.id, 'username', u.username, 'email', u.email, 'role', u.role,
                                                   'createdAt', iso(u.created_at), 'updatedAt', iso(u.updated_at))) AS item
FROM users u
WHERE true
