-- The projects, a page at a time.
-- sort: key = p.key :: text not null
-- sort: name = p.name :: text not null
-- sort: createdAt = p.created_at :: timestamptz not null
-- tie: p.id
SELECT /*item*/ json_build_object('id', p.id, 'name', p.name, 'key', p.key, 'createdAt', iso(p.created_at)) AS item
FROM projects p
WHERE true
