-- The releases of a project's repositories; drafts have no date and come last.
-- sort: publishedAt = e.published_at :: timestamptz
-- sort: tagName = e.tag_name :: text not null
-- sort: name = e.name :: text
-- default: -publishedAt
-- tie: e.row_id
SELECT /*item*/ json_build_object('tagName', e.tag_name, 'name', e.name, 'draft', e.draft, 'prerelease', e.prerelease,
    'publishedAt', iso(e.published_at), 'repository', r.full_name, 'url', e.html_url) AS item /*keys*/
FROM github_releases e
LEFT JOIN github_repositories r ON r.project_id = e.project_id AND r.repository_id = e.repository_id
WHERE e.project_id = :projectId
  AND (CAST(:repository AS text) IS NULL OR lower(r.full_name) = lower(:repository))
