-- All files of a repository's head with what their paths tell, what is noted of them, and what their content tells.
SELECT f.path, f.kind, f.language, f.subject, f.tool, f.told, b.told AS content
FROM github_files f
LEFT JOIN github_blobs b ON b.project_id = f.project_id AND b.sha = f.sha AND :deep
WHERE f.project_id = :projectId AND f.repository_id = :repositoryId
