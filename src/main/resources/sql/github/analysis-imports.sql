-- What the tests of a repository's head import.
SELECT f.path, f.language, b.imports
FROM github_files f
JOIN github_blobs b ON b.project_id = f.project_id AND b.sha = f.sha
WHERE f.project_id = :projectId AND f.repository_id = :repositoryId AND coalesce(f.told, f.kind) = 'test' AND b.imports <> '{}'
