-- Removes the tags that are not among all that GitHub has, unless they came in after it was asked.
WITH gone AS (
    DELETE FROM github_tags
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
      AND name NOT IN (SELECT jsonb_array_elements_text(:#${variable.ids}::jsonb))
      AND seen_at < :#${variable.since}::timestamptz
    RETURNING project_id, repository_id, name
)
SELECT count(*)::integer AS deleted FROM gone
