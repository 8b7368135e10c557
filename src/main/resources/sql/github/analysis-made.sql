-- What the stored analysis of a repository was made of; no row if there is none, or while the files of its head are still to be read.
SELECT a.files_sha, a.rules, a.languages_etag, a.fingerprint, a.commit_sha AS head
FROM github_analyses a
WHERE a.project_id = :#${variable.projectId}::bigint AND a.repository_id = :#${variable.repositoryId}::bigint
  AND a.analysis IS NOT NULL AND a.commit_sha IS NOT DISTINCT FROM a.files_sha
