-- The branches of a project's repositories.
-- sort: name = b.name :: text not null
-- tie: b.row_id
-- find: repositoryId by repository = SELECT r.repository_id FROM github_repositories r WHERE r.project_id = :projectId AND lower(r.full_name) = lower(:repository) LIMIT 1
SELECT /*item*/ json_build_object('name', b.name, 'sha', b.sha, 'protected', coalesce(b.protected, b.protection IS NOT NULL),
    'protection', github_protection(b.protection, b.rules),
    'default', coalesce(b.name = r.default_branch, false), 'lastCommitAt', iso(c.committed_at),
    'stale', coalesce(b.name IS DISTINCT FROM r.default_branch AND c.committed_at < now() - interval '90 days', false),
    'jiraKeys', github_jira_keys(b.project_id, b.repository_id, 'branch', b.name), 'repository', r.full_name) AS item
FROM github_branches b
LEFT JOIN github_repositories r ON r.project_id = b.project_id AND r.repository_id = b.repository_id
LEFT JOIN LATERAL (SELECT h.committed_at FROM github_commits h
                   WHERE h.project_id = b.project_id AND h.repository_id = b.repository_id AND h.sha = b.sha LIMIT 1) AS c ON true
WHERE b.project_id = :projectId
  /*repository*/ AND b.repository_id = :repositoryId
