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
      -- What is of a former repository of a name that is still named stays.
      AND NOT EXISTS (
          SELECT FROM github_repositories r
          JOIN integration_configs c ON c.project_id = r.project_id AND c.integration_type = 'github'
          CROSS JOIN github_named(c.config_data) n
          WHERE r.project_id = kept.project_id AND r.repository_id = kept.repository_id AND lower(r.replaced_name) = lower(n.name))
)
SELECT cardinality(gone.ids) AS repositories, github_forget(:#${variable.projectId}::bigint, gone.ids)::text AS forgotten
FROM gone WHERE gone.ids IS NOT NULL
