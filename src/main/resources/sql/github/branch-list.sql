-- The branches of a project's repositories.
-- sort: name = b.name :: text not null
-- tie: b.row_id
SELECT /*item*/ json_build_object('name', b.name, 'sha', b.sha, 'protected', coalesce(b.protected, b.protection IS NOT NULL),
    'protection', github_protection(b.protection, b.rules),
    'default', coalesce(b.name = r.default_branch, false), 'lastCommitAt', iso(c.committed_at),
    'stale', coalesce(b.name IS DISTINCT FROM r.default_branch AND c.committed_at < now() - interval '90 days', false),
    'jiraKeys', github_jira_keys(b.project_id, b.repository_id, 'branch', b.name), 'repository', r.full_name) AS item /*keys*/
FROM github_branches b
LEFT JOIN github_repositories r ON r.project_id = b.project_id AND r.repository_id = b.repository_id
LEFT JOIN github_commits c ON c.project_id = b.project_id AND c.repository_id = b.repository_id AND c.sha = b.sha
WHERE b.project_id = :projectId
  AND (CAST(:repository AS text) IS NULL OR lower(r.full_name) = lower(:repository))
