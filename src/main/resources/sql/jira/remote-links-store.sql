-- Stores the remote links that a ticket has now in place of those that it had.
WITH said AS (
    -- What is called by a number has one: people write all kinds of addresses.
    -- An address that no index takes leads to nothing of GitHub's.
    SELECT s.*, regexp_match(CASE WHEN length(s.url) <= 2000 THEN s.url END, '^(https?://[^/]+/[^/]+/[^/]+)/(pull|issues|commit)/'
               || '((?<=/commit/)[0-9a-f]{7,64}|(?<!/commit/)[0-9]{1,18})(?![0-9a-z])', 'i') AS at
    FROM jsonb_to_recordset(:#${body}::jsonb)
        AS s (id bigint, "globalId" text, url text, title text, relationship text, application text)
), gone AS (
    DELETE FROM jira_remote_links l
    WHERE l.ticket_id = :#${variable.work[ticket_id]}::bigint AND l.link_id NOT IN (SELECT id FROM said)
), done AS (
    DELETE FROM jira_remote_link_queue q WHERE q.ticket_id = :#${variable.work[ticket_id]}::bigint
)
INSERT INTO jira_remote_links AS l (
    ticket_id, project_id, link_id, global_id, url, title, relationship, application, repository_url, kind, ref)
SELECT t.id, t.project_id, said.id, said."globalId", said.url, said.title, said.relationship, said.application,
       lower(said.at[1]), CASE lower(said.at[2]) WHEN 'issues' THEN 'issue' ELSE lower(said.at[2]) END, lower(said.at[3])
FROM said JOIN jira_tickets t ON t.id = :#${variable.work[ticket_id]}::bigint
ON CONFLICT (ticket_id, link_id) DO UPDATE SET
    global_id = excluded.global_id, url = excluded.url, title = excluded.title, relationship = excluded.relationship,
    application = excluded.application, repository_url = excluded.repository_url, kind = excluded.kind, ref = excluded.ref,
    stored_at = now()
