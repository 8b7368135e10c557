-- Begins the analysis of a repository: what is known of it, and where its default branch is as far as anybody has seen.
WITH repository AS MATERIALIZED (
    SELECT p.id AS project_id, :#${variable.repositoryId}::bigint AS repository_id,
           coalesce(r.full_name, :#${variable.connection.repository}) AS full_name, r.default_branch
    FROM projects p
    LEFT JOIN github_repositories r ON r.project_id = p.id AND r.repository_id = :#${variable.repositoryId}::bigint
    WHERE p.id = :#${variable.projectId}::bigint
), row AS (
    INSERT INTO github_analyses AS a (project_id, repository_id, full_name)
    SELECT project_id, repository_id, full_name FROM repository
    ON CONFLICT (project_id, repository_id) DO UPDATE SET full_name = excluded.full_name
    RETURNING a.*
)
SELECT row.files_sha, row.rules, row.languages_etag, row.fingerprint, b.sha AS head
FROM row JOIN repository USING (project_id, repository_id)
LEFT JOIN github_branches b
       ON b.project_id = row.project_id AND b.repository_id = row.repository_id AND b.name = repository.default_branch
