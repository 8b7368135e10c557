-- Of the issues that a walk through ids has seen, those that no living ticket of the project has; some hundred a time.
SELECT coalesce(array_agg(id ORDER BY id), '{}') AS ids, coalesce(array_agg(''::text), '{}') AS keys
FROM (
    SELECT DISTINCT id FROM jira_sync_seen, unnest(jira_ids) AS id
    WHERE sync_id = :#${variable.run.syncId}
      AND NOT EXISTS (SELECT FROM jira_tickets t
                      WHERE t.project_id = :#${variable.run.projectId} AND t.site = :#${variable.run.site} AND t.jira_id = id
                        AND t.sync_status <> 'deleted')
      AND NOT EXISTS (SELECT FROM jira_ticket_errors e
                      WHERE e.project_id = :#${variable.run.projectId} AND e.jira_id = id::text)
    ORDER BY id LIMIT 500
) AS unknown
