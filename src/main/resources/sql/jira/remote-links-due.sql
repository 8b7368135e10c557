-- Claims tickets whose remote links are to be read, a few at a time: of projects that have a repository to link them with and
-- do not leave remote links alone. Who claims and then dies leaves them to the next after a while.
WITH due AS (
    SELECT q.ticket_id FROM jira_remote_link_queue q
    -- Looked up one by one (OFFSET 0): with the statistics of an empty table a join would read all tickets.
    CROSS JOIN LATERAL (SELECT site FROM jira_tickets WHERE id = q.ticket_id OFFSET 0) t
    -- Another site has other issues under the same ids.
    JOIN jira_sync_state s ON s.project_id = q.project_id AND s.site = t.site
    JOIN integration_configs jira ON jira.project_id = q.project_id AND jira.integration_type = 'jira' AND jira.is_active
        AND coalesce(jira.config_data ->> 'remoteLinks', 'read') <> 'off'
    WHERE q.next_attempt_at <= now()
      AND EXISTS (SELECT FROM integration_configs github
                  WHERE github.project_id = q.project_id AND github.integration_type = 'github' AND github.is_active)
    ORDER BY q.next_attempt_at LIMIT 20 FOR UPDATE OF q SKIP LOCKED
), claimed AS (
    UPDATE jira_remote_link_queue q SET attempts = q.attempts + 1, next_attempt_at = now() + interval '5 minutes'
    FROM due WHERE q.ticket_id = due.ticket_id
    RETURNING q.ticket_id, q.project_id, q.attempts
)
SELECT claimed.ticket_id, claimed.project_id, claimed.attempts, t.jira_id
FROM claimed CROSS JOIN LATERAL (SELECT jira_id FROM jira_tickets WHERE id = claimed.ticket_id OFFSET 0) t
ORDER BY claimed.project_id, claimed.ticket_id
