-- Keeps a page of a ticket's changelog, beside what webhooks told of it, once each.
INSERT INTO jira_ticket_changes (ticket_id, change_id, item, at, author, field, from_text, to_text)
SELECT t.id, c.change_id, c.item, c.at, c.author, c.field, c.from_text, c.to_text
FROM jsonb_to_recordset(:#${body}::jsonb)
    AS c (change_id text, item integer, at timestamptz, author text, field text, from_text text, to_text text)
JOIN jira_tickets t ON t.id = :#${variable.work[ticket_id]}::bigint
ON CONFLICT DO NOTHING
