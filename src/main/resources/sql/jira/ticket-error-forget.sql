-- Forgets a ticket that was quarantined: there is nothing to store of it any more.
DELETE FROM jira_ticket_errors WHERE project_id = :#${header.projectId}::bigint AND id = :#${header.errorId}::bigint
