-- Keeps what GitHub says of a repository's languages.
UPDATE github_analyses SET languages = :#${body}::jsonb, languages_etag = :#${variable.languages.etag}
WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
