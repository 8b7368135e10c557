-- The projects, a page at a time.
-- sort: key = p.key :: text
-- sort: name = p.name :: text
-- sort: createdAt = p.created_at :: timestamptz
-- tie: p.id
SELECT /*item*/ json_build_object('id', p.id, 'name', p.name, 'key', p.key, 'createdAt', iso(p.created_at)) AS item /*keys*/
FROM projects p
WHERE true
