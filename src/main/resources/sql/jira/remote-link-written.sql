-- Notes that Jira has a link, or has it no more, unless it is to be another one by now.
WITH removed AS (
    DELETE FROM jira_remote_link_writes
    WHERE ticket_id = :#${variable.work[ticket_id]}::bigint AND global_id = :#${variable.work[global_id]}
      AND state = 'removing' AND :#${variable.work[state]} = 'removing'
)
UPDATE jira_remote_link_writes SET
    state = 'written', written_at = now(), attempts = 0, error_message = NULL
WHERE ticket_id = :#${variable.work[ticket_id]}::bigint AND global_id = :#${variable.work[global_id]}
  AND state = 'pending' AND :#${variable.work[state]} = 'pending' AND payload = :#${variable.work[payload]}::jsonb
