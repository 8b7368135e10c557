-- Removes the issues of which GitHub says that they are gone.
WITH gone AS (
    DELETE FROM github_issues
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
      AND number IN (SELECT jsonb_array_elements_text(:#${variable.ids}::jsonb)::bigint)
    RETURNING project_id, repository_id, number
), unlinked AS (
    DELETE FROM github_links l USING gone
    WHERE l.project_id = gone.project_id AND l.repository_id = gone.repository_id AND l.kind = 'issue' AND l.ref = gone.number::text
)
SELECT count(*)::integer AS deleted FROM gone
