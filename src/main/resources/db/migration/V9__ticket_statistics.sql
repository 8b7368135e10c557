-- After a first sync the planner still takes the tables of tickets for empty until PostgreSQL's own daemon comes by, and
-- so do the plans that connections keep. Where they have grown by a fifth since somebody looked, they are looked at now.
CREATE FUNCTION refresh_ticket_statistics() RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT pg_relation_size(oid) <= relpages * 1.2 * current_setting('block_size')::bigint
        FROM pg_class WHERE oid = 'jira_tickets'::regclass) THEN
        RETURN false;
    END IF;
    ANALYZE jira_tickets, jira_ticket_payloads;
    RETURN true;
END
$$;
