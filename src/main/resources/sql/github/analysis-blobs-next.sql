-- The next files to read. A shallow analysis reads the attributes at the root, that tell what is generated and vendored; a deep
-- one all attributes and build files first, from the root down, then tests and sources, those that change most and are largest
-- first, and what else is large or changes often: it may have been generated or recorded. Content that was read before, under
-- whatever name, is known.
WITH candidates AS (
    SELECT f.sha, f.path, f.size, coalesce(f.told, f.kind) AS kind, f.language, changes.commits,
           f.kind = 'other' AND (f.path = '.gitattributes' OR f.path LIKE '%/.gitattributes') AS attributes
    FROM github_files f
    -- A look into the index for each file, however few PostgreSQL expects.
    CROSS JOIN LATERAL (
        SELECT count(*) AS commits FROM github_commit_files cf
        WHERE cf.project_id = f.project_id AND cf.repository_id = f.repository_id AND cf.path = f.path
    ) AS changes
    WHERE f.project_id = :#${variable.projectId}::bigint AND f.repository_id = :#${variable.repositoryId}::bigint
      AND (:#${variable.analysis.deep}::boolean OR f.path = '.gitattributes')
      AND f.size BETWEEN 1 AND :#${bean:blobFigures?method=getLargest}
      AND f.sha <> ALL (:#${variable.details.leftOut}::text[])
      AND NOT EXISTS (SELECT FROM github_blobs b WHERE b.project_id = f.project_id AND b.sha = f.sha)
), unread AS (
    SELECT DISTINCT ON (sha) * FROM candidates
    WHERE attributes OR kind IN ('build', 'test', 'source')
       OR kind IN ('other', 'fixture') AND language IS NOT NULL AND (size >= 32768 OR commits >= 10)
    ORDER BY sha, attributes DESC, (kind = 'build') DESC, path
)
SELECT sha, path, kind, language FROM unread
ORDER BY attributes DESC, (kind = 'build') DESC, (kind IN ('test', 'source')) DESC,
         CASE WHEN kind = 'build' THEN length(path) - length(replace(path, '/', '')) END, commits DESC, size DESC, path
LIMIT least(100, :#${variable.analysis.left}::integer)
