-- Doubts a workflow run no longer that GitHub still has.
UPDATE github_workflow_runs SET doubted_at = NULL
WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
  AND id = :#${variable.runId}::bigint AND doubted_at IS NOT NULL
