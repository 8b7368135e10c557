-- Removes the tags of which GitHub says that they are gone, unless they were seen since.
WITH gone AS (
    DELETE FROM github_tags
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
      AND name IN (SELECT jsonb_array_elements_text(:#${variable.ids}::jsonb))
      AND seen_at <= coalesce(:#${variable.goneAt}::timestamptz, now())
    RETURNING project_id, repository_id, name
)
SELECT count(*)::integer AS deleted FROM gone
