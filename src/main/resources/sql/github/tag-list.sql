-- The tags of a project's repositories, each with the date of its commit where that is known.
-- sort: name = t.name :: text not null
-- tie: t.row_id
-- find: repositoryId by repository = SELECT r.repository_id FROM github_repositories r WHERE r.project_id = :projectId AND lower(r.full_name) = lower(:repository) LIMIT 1
SELECT /*item*/ json_build_object('name', t.name, 'sha', t.sha,
    'date', (SELECT iso(c.committed_at) FROM github_commits c
             WHERE c.project_id = t.project_id AND c.repository_id = t.repository_id AND c.sha = t.sha),
    'repository', r.full_name) AS item
FROM github_tags t
LEFT JOIN github_repositories r ON r.project_id = t.project_id AND r.repository_id = t.repository_id
WHERE t.project_id = :projectId
  /*repository*/ AND t.repository_id = :repositoryId
