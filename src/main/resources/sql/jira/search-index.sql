-- Brings the search rows of some changed tickets up to date, of fewer while a sync runs, and says how many and whether one
-- does. Of a text so much is indexed that its words never exceed the megabyte that a tsvector takes, whatever they are.
WITH sync AS MATERIALIZED (
    SELECT EXISTS (SELECT FROM sync_logs WHERE status = 'running' AND source = 'jira') AS running
), batch AS MATERIALIZED (
    SELECT ticket_id FROM sync, dequeued_tickets(CASE WHEN sync.running THEN 50 ELSE 200 END) AS ticket_id
), indexed AS (
    INSERT INTO jira_ticket_search AS s (ticket_id, project_id, content_hash, text, document)
    SELECT id, project_id, content_hash, lower(text), to_tsvector('simple', left(text, 250000))
    FROM held_tickets(ARRAY(SELECT ticket_id FROM batch))
    ON CONFLICT (ticket_id) DO UPDATE SET
        content_hash = excluded.content_hash, text = excluded.text, document = excluded.document
    WHERE s.content_hash <> excluded.content_hash
)
SELECT (SELECT count(*) FROM batch)::integer AS indexed, sync.running FROM sync
