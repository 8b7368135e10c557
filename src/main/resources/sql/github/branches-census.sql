-- Removes the branches that are not among all that GitHub has, unless they came in after it was asked. A branch that is renamed
-- is one that goes and one that comes with the same head: its commits are here.
WITH gone AS (
    DELETE FROM github_branches
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
      AND name NOT IN (SELECT jsonb_array_elements_text(:#${variable.ids}::jsonb))
      AND seen_at < :#${variable.since}::timestamptz
    RETURNING project_id, repository_id, name, walked_sha
), renamed AS (
    UPDATE github_branches b SET walked_sha = b.sha
    FROM gone
    WHERE b.project_id = gone.project_id AND b.repository_id = gone.repository_id AND b.sha = gone.walked_sha
      AND b.walked_sha IS NULL AND b.name NOT IN (SELECT name FROM gone)
), unlinked AS (
    DELETE FROM github_links l USING gone
    WHERE l.project_id = gone.project_id AND l.repository_id = gone.repository_id AND l.kind = 'branch' AND l.ref = gone.name
)
SELECT count(*)::integer AS deleted FROM gone
