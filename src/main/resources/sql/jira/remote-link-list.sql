-- The links that the platform keeps in Jira.
-- sort: createdAt = w.created_at :: timestamptz not null
-- default: -createdAt
-- tie: w.row_id
SELECT /*item*/ json_build_object('jiraKey', t.jira_key, 'globalId', w.global_id, 'kind', w.kind, 'repository', r.full_name,
    'ref', w.ref, 'url', w.payload #>> '{object,url}', 'title', w.payload #>> '{object,title}', 'state', w.state,
    'attempts', w.attempts, 'errorMessage', w.error_message, 'createdAt', iso(w.created_at),
    'writtenAt', iso(w.written_at)) AS item
FROM jira_remote_link_writes w
JOIN jira_tickets t ON t.id = w.ticket_id
LEFT JOIN github_repositories r ON r.project_id = w.project_id AND r.repository_id = w.repository_id
WHERE w.project_id = :projectId
  /*state*/ AND w.state = :state
