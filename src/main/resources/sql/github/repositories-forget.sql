-- Removes what a project has of repositories that its connection to GitHub no longer names. Where the numbers of some are not
-- known yet, their names count. Without a connection all stays.
WITH connection AS (
    SELECT array_agg(n.id) FILTER (WHERE n.id IS NOT NULL) AS ids,
           array_agg(lower(n.name)) FILTER (WHERE n.id IS NULL) AS names
    FROM integration_configs c, github_named(c.config_data) n
    WHERE c.project_id = :#${variable.projectId}::bigint AND c.integration_type = 'github' AND c.is_active
    HAVING count(*) > 0
), kept AS (
    SELECT project_id, repository_id, full_name FROM github_repositories
    UNION ALL
    -- An analysis may have been made before any sync.
    SELECT a.project_id, a.repository_id, a.full_name FROM github_analyses a
    WHERE NOT EXISTS (SELECT FROM github_repositories r
                      WHERE r.project_id = a.project_id AND r.repository_id = a.repository_id)
), gone AS (
    SELECT array_agg(kept.repository_id) AS ids
    FROM kept, connection
    WHERE kept.project_id = :#${variable.projectId}::bigint AND kept.repository_id <> ALL (coalesce(connection.ids, '{}'))
      AND lower(kept.full_name) <> ALL (coalesce(connection.names, '{}'))
)
SELECT cardinality(gone.ids) AS repositories, github_forget(:#${variable.projectId}::bigint, gone.ids)::text AS forgotten
FROM gone WHERE gone.ids IS NOT NULL
