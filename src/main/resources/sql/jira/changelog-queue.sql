-- Notes the tickets of a page whose changelog Jira has cut.
INSERT INTO jira_changelog_queue AS q (ticket_id, project_id)
SELECT t.id, t.project_id FROM jira_tickets t
WHERE t.project_id = :#${variable.run.projectId}::bigint AND t.site = :#${variable.run.site} AND t.jira_id = ANY (:#${variable.issueRows.ready.longHistories}::bigint[])
ON CONFLICT (ticket_id) DO UPDATE SET next_attempt_at = now(), attempts = 0
