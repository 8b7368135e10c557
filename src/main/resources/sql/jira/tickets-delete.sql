-- Marks tickets as deleted that the scope no longer reaches, each with why: gone from Jira, moved to another project, out of the
-- scope, or of a site that the connection no longer leads to. The rows stay. What was quarantined of a gone issue is forgotten.
WITH looked AS (
    SELECT unnest(:#${variable.reconciliation.getGone}::bigint[]) AS jira_id, 'deleted' AS reason
    UNION ALL
    SELECT unnest(:#${variable.reconciliation.getLeft}::bigint[]), 'moved'
    UNION ALL
    SELECT unnest(:#${variable.reconciliation.getOutOfScope}::bigint[]), 'out-of-scope'
), gone AS (
    UPDATE jira_tickets t SET
        sync_status = 'deleted', deleted_at = now(), deleted_reason = looked.reason, last_synced = now(), updated_at = now()
    FROM looked
    WHERE t.project_id = :#${variable.run.projectId} AND t.site = :#${variable.run.site} AND t.sync_status <> 'deleted'
      AND t.jira_id = looked.jira_id
    RETURNING 1
), elsewhere AS (
    UPDATE jira_tickets t SET
        sync_status = 'deleted', deleted_at = now(), deleted_reason = 'other-site', last_synced = now(), updated_at = now()
    WHERE t.project_id = :#${variable.run.projectId} AND t.site <> :#${variable.run.site} AND t.sync_status <> 'deleted'
    RETURNING 1
), forgotten AS (
    DELETE FROM jira_ticket_errors e USING looked
    WHERE e.project_id = :#${variable.run.projectId} AND e.jira_id = looked.jira_id::text
)
SELECT ((SELECT count(*) FROM gone) + (SELECT count(*) FROM elsewhere))::integer AS deleted
