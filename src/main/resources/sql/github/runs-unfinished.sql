-- The workflow runs that were not at their end when they were seen last, and that this walk has not just seen.
SELECT id FROM github_workflow_runs
WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
  AND status <> 'completed' AND id <> ALL (:#${variable.runs.seen}::bigint[])
ORDER BY created_at DESC
