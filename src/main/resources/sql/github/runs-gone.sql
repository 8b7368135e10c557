-- Removes workflow runs of which GitHub says that they are gone.
WITH gone AS (
    DELETE FROM github_workflow_runs
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
      AND id IN (SELECT jsonb_array_elements_text(:#${variable.ids}::jsonb)::bigint)
    RETURNING 1
)
SELECT 0 AS processed, 0 AS created, 0 AS updated, 0 AS unchanged, count(*)::integer AS deleted FROM gone
