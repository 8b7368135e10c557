-- One user as the API shows it.
SELECT json_strip_nulls(json_build_object('id', id, 'username', username, 'email', email, 'role', role,
                                          'createdAt', iso(created_at), 'updatedAt', iso(updated_at)))::text AS item
FROM users
WHERE id = :#${header.userId}::bigint
