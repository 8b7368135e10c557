-- The next files to read: build files first, then tests and sources, those that change most and are largest first. Content that
-- was read before, under whatever name, is known.
WITH unread AS (
    SELECT DISTINCT ON (f.sha) f.sha, f.path, f.size, f.kind, f.language, changes.commits
    FROM github_files f
    -- A look into the index for each file, however few PostgreSQL expects.
    CROSS JOIN LATERAL (
        SELECT count(*) AS commits FROM github_commit_files cf
        WHERE cf.project_id = f.project_id AND cf.repository_id = f.repository_id AND cf.path = f.path
    ) AS changes
    WHERE f.project_id = :#${variable.projectId}::bigint AND f.repository_id = :#${variable.repositoryId}::bigint
      AND f.kind IN ('build', 'test', 'source')
      AND f.size BETWEEN 1 AND :#${bean:blobFigures?method=getLargest}
      AND f.sha <> ALL (:#${variable.details.leftOut}::text[])
      AND NOT EXISTS (SELECT FROM github_blobs b WHERE b.project_id = f.project_id AND b.sha = f.sha)
    ORDER BY f.sha, (f.kind = 'build') DESC, f.path
)
SELECT sha, path, kind, language FROM unread
ORDER BY (kind = 'build') DESC, commits DESC, size DESC, path
LIMIT least(100, :#${variable.analysis.left}::integer)
