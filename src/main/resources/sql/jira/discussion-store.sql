-- Keeps a page of a ticket's comments or worklogs, or, at the end, settles which of them Jira has no more.
SELECT store_discussion(t.id, :#${body}::jsonb, false)
FROM jira_tickets t WHERE t.id = :#${variable.work[ticket_id]}::bigint
