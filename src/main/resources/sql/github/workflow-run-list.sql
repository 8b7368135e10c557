-- The workflow runs of a project's repositories, each with its last attempt.
-- sort: startedAt = w.started_at :: timestamptz not null
-- sort: name = left(w.name, 100) :: text then startedAt
-- sort: durationMs = w.duration_ms :: bigint
-- default: -startedAt
-- tie: w.row_id
-- find: repositoryId by repository = SELECT r.repository_id FROM github_repositories r WHERE r.project_id = :projectId AND lower(r.full_name) = lower(:repository) LIMIT 1
SELECT /*item*/ json_build_object('id', w.id, 'name', w.name, 'event', w.event, 'status', w.status, 'conclusion', w.conclusion,
    'branch', w.branch, 'sha', w.sha, 'startedAt', iso(w.started_at), 'durationMs', w.duration_ms,
    'attempt', w.run_attempt, 'repository', r.full_name, 'url', w.html_url) AS item
FROM github_workflow_runs w
LEFT JOIN github_repositories r ON r.project_id = w.project_id AND r.repository_id = w.repository_id
WHERE w.project_id = :projectId
  /*name*/ AND left(w.name, 100) = left(:name, 100) AND w.name = :name
  /*branch*/ AND left(w.branch, 100) = left(:branch, 100) AND w.branch = :branch
  /*event*/ AND w.event = :event
  /*outcome*/ AND coalesce(w.conclusion, w.status) = :outcome
  /*repository*/ AND w.repository_id = :repositoryId
