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
    (SELECT concat(count(*), ' ', count(*) FILTER (WHERE sha IS DISTINCT FROM walked_sha)) FROM github_branches
     WHERE project_id = a.project_id AND repository_id = a.repository_id),
    (SELECT count(*) FROM github_histories WHERE project_id = a.project_id AND repository_id = a.repository_id),
    (SELECT string_agg(stream, ' ' ORDER BY stream) FROM sync_stream_state
     WHERE project_id = a.project_id AND source = 'github' AND scope = a.repository_id::text
       AND stream IN ('branches', 'commits', 'pulls', 'releases')),
    (SELECT count(*) FROM github_blobs
     WHERE project_id = a.project_id AND (:#${variable.analysis.deep}::boolean OR attributes IS NOT NULL)))) AS fingerprint
FROM repository a
