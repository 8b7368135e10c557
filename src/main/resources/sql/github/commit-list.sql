-- The commits of a project by the documented filters: author is a name, an address or a login, path a file or a folder.
-- sort: committedDate = c.committed_at :: timestamptz not null
-- sort: date = c.authored_at :: timestamptz not null
-- default: -committedDate
-- tie: c.row_id
-- find: repositoryId by repository = SELECT r.repository_id FROM github_repositories r WHERE r.project_id = :projectId AND lower(r.full_name) = lower(:repository) LIMIT 1
SELECT /*item*/ json_build_object('sha', c.sha, 'message', c.message,
    'author', json_strip_nulls(json_build_object('name', c.author_name, 'email', c.author_email, 'login', c.author_login)),
    'date', iso(c.authored_at), 'committedDate', iso(c.committed_at),
    'changes', json_build_object('additions', c.additions, 'deletions', c.deletions, 'total', c.additions + c.deletions,
                                 'files', c.files_count),
    'reachable', c.reachable, 'jiraKeys', github_jira_keys(c.project_id, c.repository_id, 'commit', c.sha),
    'repository', r.full_name, 'url', c.html_url) AS item
FROM github_commits c
LEFT JOIN github_repositories r ON r.project_id = c.project_id AND r.repository_id = c.repository_id
WHERE c.project_id = :projectId
  /*since*/ AND c.committed_at >= CAST(:since AS timestamptz)
  /*author*/ AND (lower(c.author_name) = lower(:author) OR lower(c.author_email) = lower(:author)
                  OR lower(c.author_login) = lower(:author))
  /*path*/ AND (c.repository_id, c.sha) IN (
      SELECT f.repository_id, f.sha FROM github_commit_files f
      WHERE f.project_id = :projectId
        AND (f.path = rtrim(:path, '/') OR (f.path > rtrim(:path, '/') || '/' AND f.path < rtrim(:path, '/') || '0')))
  /*repository*/ AND c.repository_id = :repositoryId
