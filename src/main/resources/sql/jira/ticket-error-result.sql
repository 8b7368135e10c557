-- What became of a ticket that was tried again.
SELECT json_strip_nulls(json_build_object(
    'id', :#${header.errorId}::bigint, 'resolved', e.id IS NULL, 'reason', e.reason, 'attempts', e.attempts))::text AS item
FROM (SELECT 1) AS one
LEFT JOIN jira_ticket_errors e ON e.project_id = :#${header.projectId}::bigint AND e.id = :#${header.errorId}::bigint
