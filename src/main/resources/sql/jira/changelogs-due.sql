-- Claims tickets whose changelog is to be read, as many as a tick may cost. Who claims and then dies leaves them to the next
-- after a while.
WITH due AS (
    SELECT q.ticket_id FROM jira_changelog_queue q
    -- Looked up one by one (OFFSET 0): with the statistics of an empty table a join would read all tickets.
    CROSS JOIN LATERAL (SELECT site FROM jira_tickets WHERE id = q.ticket_id OFFSET 0) t
    -- Another site has other issues under the same ids.
    JOIN jira_sync_state s ON s.project_id = q.project_id AND s.site = t.site
    JOIN integration_configs c ON c.project_id = q.project_id AND c.integration_type = 'jira' AND c.is_active
    WHERE q.next_attempt_at <= now()
    ORDER BY q.next_attempt_at LIMIT 20 FOR UPDATE OF q SKIP LOCKED
), claimed AS (
    UPDATE jira_changelog_queue q SET attempts = q.attempts + 1, next_attempt_at = now() + interval '5 minutes'
    FROM due WHERE q.ticket_id = due.ticket_id
    RETURNING q.ticket_id, q.project_id, q.attempts
)
SELECT claimed.ticket_id, claimed.project_id, claimed.attempts, t.jira_id
FROM claimed CROSS JOIN LATERAL (SELECT jira_id FROM jira_tickets WHERE id = claimed.ticket_id OFFSET 0) t
ORDER BY claimed.project_id, claimed.ticket_id
