-- Notes a sync as running unless one runs already; the partial unique index decides, across instances too.
WITH started AS (
    INSERT INTO sync_logs (project_id, source, sync_type, requested_jql, confirm_deletions)
    SELECT c.project_id, c.integration_type, :#${variable.request[syncType]}, :#${variable.request[jql]},
           coalesce(:#${variable.request[confirmDeletions]}::boolean, false)
    FROM integration_configs c
    WHERE c.project_id = :#${header.projectId}::bigint AND c.integration_type = :#${variable.source} AND c.is_active
    ON CONFLICT (project_id, source) WHERE status = 'running' DO NOTHING
    RETURNING id, publish_sync_start(sync_logs)
), audited AS (
    INSERT INTO audit_log (actor, action, target, address, after)
    SELECT :#${header.PlatformActor}, :#${variable.source}::text || '-sync.start',
           'project/' || :#${header.projectId}::text, :#${header.PlatformAddress},
           jsonb_build_object('syncId', id, 'syncType', :#${variable.request[syncType]}::text)
    FROM started
)
SELECT started.id AS "syncId", running.id AS "runningId", config.id AS "configId"
FROM (SELECT 1) AS one
LEFT JOIN started ON true
LEFT JOIN sync_logs running
       ON running.project_id = :#${header.projectId}::bigint AND running.source = :#${variable.source}
      AND running.status = 'running'
LEFT JOIN integration_configs config
       ON config.project_id = :#${header.projectId}::bigint AND config.integration_type = :#${variable.source}
      AND config.is_active
