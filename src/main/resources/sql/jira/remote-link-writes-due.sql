-- Claims links that are to be written to Jira or removed there, a few at a time. Who claims and then dies leaves them to the
-- next after a while.
WITH due AS (
    SELECT w.ticket_id, w.global_id FROM jira_remote_link_writes w
    -- Looked up one by one (OFFSET 0): with the statistics of an empty table a join would read all tickets.
    CROSS JOIN LATERAL (SELECT site FROM jira_tickets WHERE id = w.ticket_id OFFSET 0) t
    -- Another site has other issues under the same ids.
    JOIN jira_sync_state s ON s.project_id = w.project_id AND s.site = t.site
    JOIN integration_configs jira ON jira.project_id = w.project_id AND jira.integration_type = 'jira' AND jira.is_active
        AND jira.config_data ->> 'remoteLinks' = 'write'
    WHERE w.state IN ('pending', 'removing') AND w.next_attempt_at <= now()
    ORDER BY w.next_attempt_at LIMIT 20 FOR UPDATE OF w SKIP LOCKED
), claimed AS (
    UPDATE jira_remote_link_writes w SET attempts = w.attempts + 1, next_attempt_at = now() + interval '5 minutes'
    FROM due WHERE w.ticket_id = due.ticket_id AND w.global_id = due.global_id
    RETURNING w.*
)
SELECT claimed.ticket_id, claimed.project_id, claimed.global_id, claimed.state, claimed.attempts,
       claimed.payload::text AS payload, t.jira_id, t.jira_key
FROM claimed CROSS JOIN LATERAL (SELECT jira_id, jira_key FROM jira_tickets WHERE id = claimed.ticket_id OFFSET 0) t
ORDER BY claimed.project_id, claimed.ticket_id, claimed.global_id
