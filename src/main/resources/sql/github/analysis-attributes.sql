-- What the .gitattributes of a repository's head say, where they were read.
SELECT f.path, b.attributes::text AS attributes
FROM github_files f
JOIN github_blobs b ON b.project_id = f.project_id AND b.sha = f.sha
WHERE f.project_id = :projectId AND f.repository_id = :repositoryId AND b.attributes IS NOT NULL
  AND f.kind = 'other' AND (f.path = '.gitattributes' OR f.path LIKE '%/.gitattributes')
