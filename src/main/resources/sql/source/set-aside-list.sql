-- What a source gave and could not be stored.
-- sort: -createdAt = e.created_at :: timestamptz not null
-- tie: e.id
SELECT /*item*/ json_build_object(
    'id', e.id, 'stream', e.stream, 'itemId', e.item_id, 'reason', e.reason, 'payload', e.payload,
    'createdAt', iso(e.created_at), 'attempts', e.attempts) AS item
FROM source_set_aside e
WHERE e.project_id = :projectId AND e.source = :ofSource
  /*stream*/ AND e.stream = :stream
