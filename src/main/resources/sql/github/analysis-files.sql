-- All files of a repository's head, by path, with what is known of each: whether a test is called after it, what was found in it,
-- and how many commits changed it.
SELECT f.path, f.size, coalesce(f.told, f.kind) AS kind, f.language,
       coalesce(f.told, f.kind) = 'source' AND f.subject IN (
           SELECT t.subject FROM github_files t
           WHERE t.project_id = :projectId AND t.repository_id = :repositoryId AND coalesce(t.told, t.kind) = 'test' AND t.subject IS NOT NULL
       ) AS tested,
       b.method, b.lines, b.functions, b.complexity, b.max_complexity, b.nesting, b.names, coalesce(changes.commits, 0) AS changes
FROM github_files f
LEFT JOIN github_blobs b ON b.project_id = f.project_id AND b.sha = f.sha AND :deep
LEFT JOIN (
    SELECT cf.path, count(*) AS commits
    FROM github_commit_files cf
    JOIN github_commits c ON c.project_id = cf.project_id AND c.repository_id = cf.repository_id AND c.sha = cf.sha
    WHERE cf.project_id = :projectId AND cf.repository_id = :repositoryId AND c.reachable
    GROUP BY cf.path
) AS changes ON changes.path = f.path
WHERE f.project_id = :projectId AND f.repository_id = :repositoryId
ORDER BY f.path
