-- The build files of a repository's head, with what they say where they were read.
SELECT f.path, f.tool, b.build::text AS build
FROM github_files f
LEFT JOIN github_blobs b ON b.project_id = f.project_id AND b.sha = f.sha AND :deep
WHERE f.project_id = :projectId AND f.repository_id = :repositoryId AND coalesce(f.told, f.kind) = 'build'
ORDER BY f.path
