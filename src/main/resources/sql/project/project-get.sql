-- One project as the API shows it.
SELECT json_build_object('id', p.id, 'name', p.name, 'key', p.key, 'createdAt', iso(p.created_at))::text AS item
FROM projects p
WHERE p.id = :#${header.projectId}::bigint
