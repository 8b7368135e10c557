-- Claims lists of comments and worklogs that are to be read whole, as many as a tick may cost. Who claims and then dies
-- leaves them to the next after a while.
WITH due AS (
    SELECT q.ticket_id, q.list FROM jira_discussion_queue q
    -- Looked up one by one (OFFSET 0): with the statistics of an empty table a join would read all tickets.
    CROSS JOIN LATERAL (SELECT project_id, site FROM jira_tickets WHERE id = q.ticket_id OFFSET 0) t
    -- Another site has other issues under the same ids.
    JOIN jira_sync_state s ON s.project_id = t.project_id AND s.site = t.site
    JOIN integration_configs c ON c.project_id = t.project_id AND c.integration_type = 'jira' AND c.is_active
    WHERE q.next_attempt_at <= now()
    ORDER BY q.next_attempt_at LIMIT 20 FOR UPDATE OF q SKIP LOCKED
), claimed AS (
    UPDATE jira_discussion_queue q SET attempts = q.attempts + 1, next_attempt_at = now() + interval '5 minutes'
    FROM due WHERE q.ticket_id = due.ticket_id AND q.list = due.list
    RETURNING q.ticket_id, q.list, q.attempts, q.next_attempt_at
)
SELECT claimed.ticket_id, t.project_id, claimed.list, claimed.attempts, claimed.next_attempt_at::text AS claimed, t.jira_id
FROM claimed CROSS JOIN LATERAL (SELECT project_id, jira_id FROM jira_tickets WHERE id = claimed.ticket_id OFFSET 0) t
ORDER BY t.project_id, claimed.ticket_id, claimed.list
