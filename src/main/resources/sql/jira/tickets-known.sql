-- What is here of some issues: how new it is, whether it is marked as deleted, and the kept payload.
SELECT t.jira_id, (extract(epoch FROM coalesce(t.jira_updated, t.updated_date)) * 1000)::bigint AS updated_ms, t.jira_key, t.sync_status, p.payload, p.length
FROM jira_tickets t LEFT JOIN jira_ticket_payloads p ON p.ticket_id = t.id
WHERE t.project_id = :#${variable.run.projectId} AND t.site = :#${variable.run.site} AND t.jira_id = ANY (:#${variable.plan.getIssueIds}::bigint[])
