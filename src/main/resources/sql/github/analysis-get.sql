-- The stored analysis that is asked for, and where it could be made if there is none: of the repository that is named, else of
-- the connection's.
SELECT c.id, c.config, a.analysis::text AS item,
       :#${header.repository}::text IS NULL
           OR EXISTS (SELECT FROM github_named(c.config::jsonb) n WHERE lower(n.name) = lower(:#${header.repository})) AS own
FROM (
    SELECT id, project_id, config_data::text AS config, config_data ->> 'repository' AS repository,
           (config_data ->> 'repositoryId')::bigint AS repository_id
    FROM integration_configs
    WHERE project_id = :#${header.projectId}::bigint AND integration_type = 'github' AND is_active
) AS c
LEFT JOIN LATERAL (
    SELECT a.analysis
    FROM github_analyses a
    LEFT JOIN github_repositories r ON r.project_id = a.project_id AND r.repository_id = a.repository_id
    WHERE a.project_id = c.project_id AND a.analysis IS NOT NULL
      AND CASE WHEN :#${header.repository}::text IS NOT NULL
                    THEN lower(coalesce(r.full_name, a.full_name)) = lower(:#${header.repository})
               WHEN c.repository_id IS NOT NULL THEN a.repository_id = c.repository_id
               ELSE lower(coalesce(r.full_name, a.full_name)) = lower(c.repository) END
    ORDER BY a.analyzed_at DESC LIMIT 1
) AS a ON true
