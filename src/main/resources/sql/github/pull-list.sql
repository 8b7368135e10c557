-- The pull requests of a project; closed ones include the merged.
-- sort: number = p.number :: bigint not null
-- sort: title = p.title :: text not null
-- sort: state = p.state :: text not null
-- sort: author = p.author :: text
-- sort: createdAt = p.created_at :: timestamptz not null
-- sort: updatedAt = p.updated_at :: timestamptz not null
-- sort: mergedAt = p.merged_at :: timestamptz
-- default: -updatedAt
-- tie: p.row_id
SELECT /*item*/ json_strip_nulls(json_build_object('number', p.number, 'title', p.title, 'state', p.state, 'draft', p.draft,
    'createdAt', iso(p.created_at), 'updatedAt', iso(p.updated_at), 'closedAt', iso(p.closed_at),
    'mergedAt', iso(p.merged_at), 'mergedBy', p.merged_by, 'author', coalesce(p.author, 'ghost'), 'labels', p.labels, 'headRef', p.head_ref,
    'baseRef', p.base_ref, 'reviewDecision', p.review_decision, 'additions', p.additions, 'deletions', p.deletions,
    'changedFiles', p.changed_files, 'checks', github_checks(p.project_id, p.repository_id, p.head_sha),
    'jiraKeys', github_jira_keys(p.project_id, p.repository_id, 'pull', p.number::text), 'testCases', json_build_array(),
    'repository', r.full_name, 'url', p.html_url)) AS item /*keys*/
FROM github_pulls p
LEFT JOIN github_repositories r ON r.project_id = p.project_id AND r.repository_id = p.repository_id
WHERE p.project_id = :projectId
  AND (CAST(:state AS text) IS NULL OR CASE WHEN :state = 'all' THEN true WHEN :state = 'merged' THEN p.merged_at IS NOT NULL
           ELSE p.state = :state END)
  AND (CAST(:author AS text) IS NULL OR lower(coalesce(p.author, 'ghost')) = lower(:author))
  AND (CAST(:label AS text) IS NULL OR CAST(:label AS text) = ANY (p.labels))
  AND (CAST(:jiraKey AS text) IS NULL
       OR github_jira_keys(p.project_id, p.repository_id, 'pull', p.number::text)::jsonb @> to_jsonb(CAST(:jiraKey AS text)))
  AND (CAST(:repository AS text) IS NULL OR lower(r.full_name) = lower(:repository))
