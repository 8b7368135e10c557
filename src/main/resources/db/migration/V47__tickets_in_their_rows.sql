-- Tickets of up to half a page stay in their row, as their payloads do: with its custom fields a ticket is often longer than
-- 2 KB, and compressing it costs more than all the rest of writing it.
ALTER TABLE jira_tickets SET (toast_tuple_target = 4080);
