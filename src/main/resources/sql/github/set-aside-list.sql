-- What of a project's repositories could not be stored.
-- sort: -createdAt = e.created_at :: timestamptz not null
-- tie: e.id
-- find: repositoryId by repository = SELECT r.repository_id FROM github_repositories r WHERE r.project_id = :projectId AND lower(r.full_name) = lower(:repository) LIMIT 1
-- The payload is passed on as it is: json_strip_nulls would read it, and refuse an escaped NUL or half a surrogate pair.
SELECT /*item*/ json_build_object(
    'id', e.id, 'stream', e.stream, 'ref', e.ref, 'reason', e.reason, 'payload', e.payload::json,
    'createdAt', iso(e.created_at), 'attempts', e.attempts, 'repository', r.full_name) AS item
FROM github_set_aside e
LEFT JOIN github_repositories r ON r.project_id = e.project_id AND r.repository_id = e.repository_id
WHERE e.project_id = :projectId
  /*repository*/ AND e.repository_id = :repositoryId
