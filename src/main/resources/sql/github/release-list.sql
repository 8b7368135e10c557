-- The releases of a project's repositories; drafts have no date and come last.
-- sort: publishedAt = e.published_at :: timestamptz
-- sort: tagName = left(e.tag_name, 100) :: text not null
-- sort: name = left(e.name, 100) :: text
-- default: -publishedAt
-- tie: e.row_id
-- find: repositoryId by repository = SELECT r.repository_id FROM github_repositories r WHERE r.project_id = :projectId AND lower(r.full_name) = lower(:repository) LIMIT 1
SELECT /*item*/ json_build_object('tagName', e.tag_name, 'name', e.name, 'draft', e.draft, 'prerelease', e.prerelease,
    'publishedAt', iso(e.published_at), 'repository', r.full_name, 'url', e.html_url) AS item
FROM github_releases e
LEFT JOIN github_repositories r ON r.project_id = e.project_id AND r.repository_id = e.repository_id
WHERE e.project_id = :projectId
  /*repository*/ AND e.repository_id = :repositoryId
