-- A sync that is as fast in its first hour as later. What the planner believes of these tables is wrong while they fill:
-- empty at the last vacuum, without the project that is coming in. A plan made then, kept by a connection, would read
-- the whole table for each ticket. So the lookups that a sync lives on are functions: planned anew at each call, a page
-- or a batch, and never by a walk through the table.

-- What is stored of these issues.
CREATE FUNCTION known_tickets(of_project bigint, issues bigint[])
    RETURNS TABLE (jira_id bigint, content_hash text, sync_status text)
    LANGUAGE sql STABLE SET enable_seqscan = off
BEGIN ATOMIC
    SELECT known.jira_id, known.content_hash, known.sync_status
    FROM unnest(issues) AS issue (jira_id)
    CROSS JOIN LATERAL (
        SELECT t.jira_id, t.content_hash, t.sync_status
        FROM jira_tickets t
        WHERE t.project_id = of_project AND t.jira_id = issue.jira_id
        OFFSET 0 -- one lookup an issue, whatever the planner thinks of a join
    ) known;
END;

-- Takes some tickets off the queue; what another instance is taking is passed by.
CREATE FUNCTION dequeued_tickets(most integer) RETURNS SETOF bigint
    LANGUAGE sql VOLATILE SET enable_seqscan = off SET jit = off
BEGIN ATOMIC
    DELETE FROM jira_search_queue WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM jira_search_queue LIMIT most FOR UPDATE SKIP LOCKED))
    RETURNING ticket_id;
END;

-- The texts of these tickets; whoever asks holds the tickets until the end of the transaction, as a foreign key would.
CREATE FUNCTION held_tickets(ids bigint[])
    RETURNS TABLE (id bigint, project_id bigint, content_hash text, text text)
    LANGUAGE sql VOLATILE SET enable_seqscan = off
BEGIN ATOMIC
    SELECT t.id, t.project_id, t.content_hash, concat_ws(' ', t.jira_key, t.summary, t.description)
    FROM jira_tickets t
    WHERE t.id = ANY (ids)
    FOR KEY SHARE;
END;

-- What hangs on a ticket goes with it, by statement: foreign keys look each ticket up as each row comes in, which cost
-- a seventh of a full sync. Their writers hold the ticket's row, so nothing is left behind.
ALTER TABLE jira_ticket_payloads DROP CONSTRAINT jira_ticket_payloads_ticket_id_fkey;
ALTER TABLE jira_ticket_search DROP CONSTRAINT jira_ticket_search_ticket_id_fkey;

CREATE FUNCTION jira_tickets_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Planned for as many as are gone this time, one ticket or a whole project.
    EXECUTE 'DELETE FROM jira_ticket_payloads WHERE ticket_id IN (SELECT id FROM gone)';
    EXECUTE 'DELETE FROM jira_ticket_search WHERE ticket_id IN (SELECT id FROM gone)';
    RETURN NULL;
END
$$;

CREATE TRIGGER jira_tickets_gone AFTER DELETE ON jira_tickets
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION jira_tickets_gone();

-- A moved issue keeps its former key, whoever stores the new one.
CREATE FUNCTION jira_tickets_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO jira_ticket_keys (ticket_id, project_id, jira_key) VALUES (OLD.id, OLD.project_id, OLD.jira_key)
    ON CONFLICT (project_id, jira_key, ticket_id) DO UPDATE SET valid_to = now();
    RETURN NULL;
END
$$;

CREATE TRIGGER jira_tickets_moved AFTER UPDATE OF jira_key ON jira_tickets
    FOR EACH ROW WHEN (OLD.jira_key <> NEW.jira_key) EXECUTE FUNCTION jira_tickets_moved();

-- Payloads of up to half a page stay in their row: cutting them into TOAST costs twice the writing.
ALTER TABLE jira_ticket_payloads SET (toast_tuple_target = 4080);
