-- Keeps what kind of Jira a project's connection leads to, where it takes itself to be, and which of the project's sites it is.
-- What was quarantined of another one is forgotten, and its list of fields: the same ids mean other issues and fields now.
WITH known AS (
    INSERT INTO jira_sites (project_id, site, address, base_url)
    VALUES (:#${variable.projectId}::bigint, :#${variable.siteSearch.site}::integer, :#${variable.connection.baseUrl},
            :#${variable.detected.baseUrl})
    ON CONFLICT (project_id, site) DO UPDATE SET
        address = excluded.address, base_url = excluded.base_url, used_at = now()
), forgotten AS (
    DELETE FROM jira_ticket_errors WHERE project_id = :#${variable.projectId}::bigint AND :#${variable.siteSearch.other}::boolean
), fields AS (
    DELETE FROM jira_fields f USING integration_configs c
    WHERE c.id = f.config_id AND c.project_id = :#${variable.projectId}::bigint AND c.integration_type = 'jira'
      AND :#${variable.siteSearch.other}::boolean
)
UPDATE jira_sync_state SET deployment = :#${variable.detected.said}, base_url = :#${variable.detected.baseUrl},
    site = :#${variable.siteSearch.site}::integer
WHERE project_id = :#${variable.projectId}::bigint
