-- Of these issue ids, those that no ticket of the project has.
SELECT coalesce(array_agg(page.id ORDER BY page.id), '{}') AS ids,
       coalesce(array_agg(''::text), '{}') AS keys
FROM (SELECT DISTINCT unnest(:#${body}::bigint[]) AS id) page
WHERE NOT EXISTS (SELECT FROM jira_tickets t
                  WHERE t.project_id = :#${variable.run.projectId} AND t.site = :#${variable.run.site} AND t.jira_id = page.id
                    AND t.sync_status <> 'deleted')
  AND NOT EXISTS (SELECT FROM jira_ticket_errors e
                  WHERE e.project_id = :#${variable.run.projectId} AND e.jira_id = page.id::text)
