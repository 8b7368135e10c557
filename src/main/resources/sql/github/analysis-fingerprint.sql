-- What an analysis would be made of: as long as this stays the same, so would the analysis. Weeks and ages move with the day.
WITH repository AS (
    SELECT a.* FROM github_analyses a
    WHERE a.project_id = :#${variable.projectId}::bigint AND a.repository_id = :#${variable.repositoryId}::bigint
)
SELECT md5(concat_ws('|', a.files_sha, a.rules, a.truncated, a.full_name, a.languages::text, :#${variable.analysis.depth}::text,
    (now() AT TIME ZONE 'UTC')::date,
    (SELECT concat(count(*), ' ', count(*) FILTER (WHERE reachable), ' ', count(additions), ' ', max(stored_at))
     FROM github_commits WHERE project_id = a.project_id AND repository_id = a.repository_id),
    (SELECT concat(count(*), ' ', max(stored_at)) FROM github_pulls
     WHERE project_id = a.project_id AND repository_id = a.repository_id),
    (SELECT concat(count(*), ' ', max(stored_at)) FROM github_reviews
     WHERE project_id = a.project_id AND repository_id = a.repository_id),
    (SELECT concat(count(*), ' ', max(stored_at)) FROM github_releases
     WHERE project_id = a.project_id AND repository_id = a.repository_id),
    (SELECT md5(string_agg(concat(name, ' ', sha), '|' ORDER BY name)) FROM github_branches
     WHERE project_id = a.project_id AND repository_id = a.repository_id),
    (SELECT default_branch FROM github_repositories
     WHERE project_id = a.project_id AND repository_id = a.repository_id),
    CASE WHEN :#${variable.analysis.depth}::text = 'deep'
         THEN (SELECT count(*) FROM github_blobs WHERE project_id = a.project_id) END)) AS fingerprint
FROM repository a
