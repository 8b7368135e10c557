-- The issue of a ticket that was quarantined.
SELECT jira_id FROM jira_ticket_errors
WHERE project_id = :#${header.projectId}::bigint AND id = :#${header.errorId}::bigint
