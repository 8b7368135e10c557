-- The GitHub issues of a project; pull requests are none.
-- sort: number = i.number :: bigint not null
-- sort: title = left(i.title, 100) :: text not null
-- sort: state = i.state :: text not null then updatedAt
-- sort: createdAt = i.created_at :: timestamptz not null
-- sort: updatedAt = i.updated_at :: timestamptz not null
-- default: -updatedAt
-- tie: i.row_id
-- find: repositoryId by repository = SELECT r.repository_id FROM github_repositories r WHERE r.project_id = :projectId AND lower(r.full_name) = lower(:repository) LIMIT 1
SELECT /*item*/ json_build_object('number', i.number, 'title', i.title, 'state', i.state,
    'author', coalesce(i.author, 'ghost'), 'labels', i.labels, 'createdAt', iso(i.created_at), 'updatedAt', iso(i.updated_at),
    'jiraKeys', github_jira_keys(i.project_id, i.repository_id, 'issue', i.number::text),
    'repository', r.full_name, 'url', i.html_url) AS item
FROM github_issues i
LEFT JOIN github_repositories r ON r.project_id = i.project_id AND r.repository_id = i.repository_id
WHERE i.project_id = :projectId
  /*repository*/ AND i.repository_id = :repositoryId
