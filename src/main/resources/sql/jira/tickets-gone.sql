-- Marks tickets as deleted that Jira says are gone, or that are in another project now; the rows stay. What was quarantined of such
-- an issue is forgotten.
WITH gone AS (
    SELECT unnest(:#${variable.plan.getGone}::bigint[]) AS jira_id, 'deleted' AS reason
    UNION ALL
    SELECT unnest(:#${variable.plan.getMoved}::bigint[]), 'moved'
), forgotten AS (
    DELETE FROM jira_ticket_errors e USING gone
    WHERE e.project_id = :#${variable.run.projectId} AND e.jira_id = gone.jira_id::text
)
UPDATE jira_tickets t SET
    sync_status = 'deleted', deleted_at = now(), deleted_reason = gone.reason, last_synced = now(), updated_at = now()
FROM gone
WHERE t.project_id = :#${variable.run.projectId} AND t.site = :#${variable.run.site} AND t.sync_status <> 'deleted'
  AND t.jira_id = gone.jira_id
