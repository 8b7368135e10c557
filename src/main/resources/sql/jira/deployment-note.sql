-- Notes what a probe of a stored connection found out about its Jira.
WITH detected AS (
    UPDATE jira_sync_state s SET
        deployment = coalesce(:#${body.deployment}, s.deployment), server_version = coalesce(:#${body.serverVersion}, s.server_version),
        base_url = coalesce(:#${body.baseUrl}, s.base_url)
    FROM integration_configs c
    WHERE c.id = :#${variable.connection.id}::bigint AND s.project_id = c.project_id
    RETURNING s.project_id, s.site
)
UPDATE jira_sites j SET base_url = :#${body.baseUrl}
FROM detected d
WHERE j.project_id = d.project_id AND j.site = d.site AND j.base_url IS DISTINCT FROM coalesce(:#${body.baseUrl}, j.base_url)
