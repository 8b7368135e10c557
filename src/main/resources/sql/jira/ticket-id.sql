-- The ticket of a key, or of a key that it had before.
SELECT coalesce(
    (SELECT id FROM jira_tickets
     WHERE project_id = :#${header.projectId}::bigint AND jira_key = upper(:#${header.key})
     ORDER BY (sync_status = 'deleted'),
              (site IS DISTINCT FROM (SELECT site FROM jira_sync_state WHERE project_id = :#${header.projectId}::bigint)), id DESC
     LIMIT 1),
    (SELECT ticket_id FROM jira_ticket_keys
     WHERE project_id = :#${header.projectId}::bigint AND jira_key = upper(:#${header.key})
     ORDER BY valid_to DESC LIMIT 1)) AS id
