-- Removes the releases that are not among all that GitHub has, unless they came in after it was asked.
WITH gone AS (
    DELETE FROM github_releases
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
      AND id NOT IN (SELECT jsonb_array_elements_text(:#${variable.ids}::jsonb)::bigint)
      AND stored_at < :#${variable.since}::timestamptz
    RETURNING project_id, repository_id, id
)
SELECT count(*)::integer AS deleted FROM gone
