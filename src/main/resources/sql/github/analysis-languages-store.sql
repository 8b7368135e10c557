-- Keeps what GitHub says of a repository's languages.
UPDATE github_analyses SET languages = :#${variable.languageBytes}::jsonb, languages_etag = :#${variable.languages.etag}
WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
