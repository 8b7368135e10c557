-- The deployments of a project's repositories, each with its last state.
-- sort: createdAt = d.created_at :: timestamptz not null
-- sort: updatedAt = d.updated_at :: timestamptz not null
-- sort: environment = left(d.environment, 100) :: text then createdAt
-- default: -createdAt
-- tie: d.row_id
-- find: repositoryId by repository = SELECT r.repository_id FROM github_repositories r WHERE r.project_id = :projectId AND lower(r.full_name) = lower(:repository) LIMIT 1
SELECT /*item*/ json_build_object('id', d.id, 'environment', d.environment, 'ref', d.ref, 'sha', d.sha, 'state', d.state,
    'creator', coalesce(d.creator, 'ghost'), 'createdAt', iso(d.created_at), 'updatedAt', iso(d.updated_at),
    'url', d.target_url, 'repository', r.full_name) AS item
FROM github_deployments d
LEFT JOIN github_repositories r ON r.project_id = d.project_id AND r.repository_id = d.repository_id
WHERE d.project_id = :projectId
  /*environment*/ AND left(d.environment, 100) = left(:environment, 100) AND d.environment = :environment
  /*repository*/ AND d.repository_id = :repositoryId
