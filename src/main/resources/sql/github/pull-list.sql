-- The pull requests of a project; closed ones include the merged.
-- sort: number = p.number :: bigint not null
-- sort: title = left(p.title, 100) :: text not null
-- sort: state = p.state :: text not null then updatedAt
-- sort: author = left(p.author, 100) :: text
-- sort: createdAt = p.created_at :: timestamptz not null
-- sort: updatedAt = p.updated_at :: timestamptz not null
-- sort: mergedAt = p.merged_at :: timestamptz
-- default: -updatedAt
-- tie: p.row_id
-- find: repositoryId by repository = SELECT r.repository_id FROM github_repositories r WHERE r.project_id = :projectId AND lower(r.full_name) = lower(:repository) LIMIT 1
SELECT /*item*/ json_strip_nulls(json_build_object('number', p.number, 'title', p.title, 'state', p.state, 'draft', p.draft,
    'createdAt', iso(p.created_at), 'updatedAt', iso(p.updated_at), 'closedAt', iso(p.closed_at),
    'mergedAt', iso(p.merged_at), 'mergedBy', p.merged_by, 'author', coalesce(p.author, 'ghost'), 'labels', p.labels, 'headRef', p.head_ref,
    'baseRef', p.base_ref, 'reviewDecision', p.review_decision, 'additions', p.additions, 'deletions', p.deletions,
    'changedFiles', p.changed_files, 'checks', github_checks(p.project_id, p.repository_id, p.head_sha),
    'jiraKeys', github_jira_keys(p.project_id, p.repository_id, 'pull', p.number::text), 'testCases', json_build_array(),
    'repository', r.full_name, 'url', p.html_url)) AS item
FROM github_pulls p
LEFT JOIN github_repositories r ON r.project_id = p.project_id AND r.repository_id = p.repository_id
WHERE p.project_id = :projectId
  /*state*/ AND (:state = 'all' OR CASE WHEN :state = 'merged' THEN p.merged_at IS NOT NULL ELSE p.state = :state END)
  /*state*/ AND (:state <> 'open' OR p.merged_at IS NULL) -- so in the order of mergedAt, too, none is read in vain
  /*author*/ AND lower(coalesce(p.author, 'ghost')) = lower(:author)
  /*label*/ AND p.labels @> ARRAY[CAST(:label AS text)]
  /*jiraKey*/ AND (p.repository_id, p.number) IN (
      SELECT l.repository_id, CASE WHEN l.kind = 'pull' THEN l.ref::bigint END
      FROM jira_tickets t, LATERAL github_links_to(t.id) AS l
      WHERE t.project_id = :projectId AND t.jira_key = :jiraKey AND t.sync_status <> 'deleted' AND l.kind = 'pull')
  /*repository*/ AND p.repository_id = :repositoryId
