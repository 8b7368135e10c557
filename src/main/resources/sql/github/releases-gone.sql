-- Removes the releases of which GitHub says that they are gone.
WITH gone AS (
    DELETE FROM github_releases
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
      AND id IN (SELECT jsonb_array_elements_text(:#${variable.ids}::jsonb)::bigint)
    RETURNING project_id, repository_id, id
)
SELECT count(*)::integer AS deleted FROM gone
