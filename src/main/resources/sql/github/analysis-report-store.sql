-- Stores an analysis, with what the next one tells changes against.
WITH stored AS (
    UPDATE github_analyses SET
        analysis = :#${variable.report.analysis}::json, base = :#${variable.report.base}::jsonb, commit_sha = files_sha,
        analyzed_at = now(), last_commit = :#${variable.report.lastCommit}::bigint, fingerprint = :#${variable.fingerprint},
        busy_until = NULL
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
)
SELECT 0 AS processed, 0 AS created, 0 AS updated, 0 AS unchanged
