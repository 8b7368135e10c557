-- Tickets of up to half a page stay in their row, as their payloads do: with its custom fields a ticket is often longer than
-- 2 KB, and compressing it costs more than all the rest of writing it.
ALTER TABLE jira_tickets SET (toast_tuple_target = 4080);

-- A ticket as it was before the statement that asks, which may be the one that stores it. A table that was empty when it was
-- last looked at is not read as a whole for each ticket.
CREATE FUNCTION ticket_before(ticket bigint) RETURNS SETOF jira_tickets
    LANGUAGE sql STABLE SET enable_seqscan = off
BEGIN ATOMIC
    SELECT t.* FROM jira_tickets t WHERE t.id = ticket;
END;
