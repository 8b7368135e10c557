-- The deployments of a project's repositories, each with its last state.
-- sort: createdAt = d.created_at :: timestamptz not null
-- sort: updatedAt = d.updated_at :: timestamptz not null
-- sort: environment = d.environment :: text
-- default: -createdAt
-- tie: d.row_id
SELECT /*item*/ json_build_object('id', d.id, 'environment', d.environment, 'ref', d.ref, 'sha', d.sha, 'state', d.state,
    'creator', coalesce(d.creator, 'ghost'), 'createdAt', iso(d.created_at), 'updatedAt', iso(d.updated_at),
    'url', d.target_url, 'repository', r.full_name) AS item /*keys*/
FROM github_deployments d
LEFT JOIN github_repositories r ON r.project_id = d.project_id AND r.repository_id = d.repository_id
WHERE d.project_id = :projectId
  AND (CAST(:environment AS text) IS NULL OR d.environment = :environment)
  AND (CAST(:repository AS text) IS NULL OR lower(r.full_name) = lower(:repository))
