-- The ticket of a key, or of a key that it had before.
SELECT coalesce(
    (SELECT id FROM jira_tickets
     WHERE project_id = :#${header.projectId}::bigint AND jira_key = upper(:#${header.key})
     ORDER BY (sync_status = 'deleted'), id DESC LIMIT 1),
    (SELECT ticket_id FROM jira_ticket_keys
     WHERE project_id = :#${header.projectId}::bigint AND jira_key = upper(:#${header.key})
     ORDER BY valid_to DESC LIMIT 1)) AS id
