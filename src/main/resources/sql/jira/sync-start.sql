-- Notes a sync as running unless one runs already; the partial unique index decides, across instances too.
WITH started AS (
    INSERT INTO jira_sync_logs (project_id, sync_type, requested_jql, confirm_deletions)
    SELECT c.project_id, :#${variable.request[syncType]}, :#${variable.request[jql]},
           coalesce(:#${variable.request[confirmDeletions]}::boolean, false)
    FROM integration_configs c
    WHERE c.project_id = :#${header.projectId}::bigint AND c.integration_type = 'jira' AND c.is_active
    ON CONFLICT (project_id) WHERE status = 'running' DO NOTHING
    RETURNING id
), audited AS (
    INSERT INTO audit_log (actor, action, target, address, after)
    SELECT :#${header.PlatformActor}, 'jira-sync.start', 'project/' || :#${header.projectId}::text, :#${header.PlatformAddress},
           jsonb_build_object('syncId', id, 'syncType', :#${variable.request[syncType]}::text)
    FROM started
)
SELECT started.id AS "syncId", running.id AS "runningId", config.id AS "configId"
FROM (SELECT 1) AS one
LEFT JOIN started ON true
LEFT JOIN jira_sync_logs running
       ON running.project_id = :#${header.projectId}::bigint AND running.status = 'running'
LEFT JOIN integration_configs config
       ON config.project_id = :#${header.projectId}::bigint AND config.integration_type = 'jira' AND config.is_active
