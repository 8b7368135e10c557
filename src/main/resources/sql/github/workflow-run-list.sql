-- The workflow runs of a project's repositories, each with its last attempt.
-- sort: startedAt = w.started_at :: timestamptz not null
-- sort: name = w.name :: text
-- sort: durationMs = w.duration_ms :: bigint
-- default: -startedAt
-- tie: w.row_id
-- exact: 100000
SELECT /*item*/ json_build_object('id', w.id, 'name', w.name, 'event', w.event, 'status', w.status, 'conclusion', w.conclusion,
    'branch', w.branch, 'sha', w.sha, 'startedAt', iso(w.started_at), 'durationMs', w.duration_ms,
    'attempt', w.run_attempt, 'repository', r.full_name, 'url', w.html_url) AS item /*keys*/
FROM github_workflow_runs w
LEFT JOIN github_repositories r ON r.project_id = w.project_id AND r.repository_id = w.repository_id
WHERE w.project_id = :projectId
  AND (CAST(:name AS text) IS NULL OR w.name = :name)
  AND (CAST(:branch AS text) IS NULL OR w.branch = :branch)
  AND (CAST(:event AS text) IS NULL OR w.event = :event)
  AND (CAST(:outcome AS text) IS NULL OR coalesce(w.conclusion, w.status) = :outcome)
  AND (CAST(:repository AS text) IS NULL OR lower(r.full_name) = lower(:repository))
