-- Notes why a link could not be written or removed. What may be possible another time is tried then; what Jira refuses stays
-- as failed until it looks otherwise; of a ticket that Jira does not have there is nothing to keep.
WITH gone AS (
    DELETE FROM jira_remote_link_writes
    WHERE ticket_id = :#${variable.work[ticket_id]}::bigint AND global_id = :#${variable.work[global_id]}
      AND (:#${variable.problem.missing}::boolean OR (state = 'removing' AND NOT :#${variable.problem.again}::boolean))
    RETURNING 1
), others AS (
    -- Who is asked to wait does not ask for the next one.
    UPDATE jira_remote_link_writes SET
        next_attempt_at = now() + make_interval(secs => :#${variable.problem.seconds}::double precision)
    WHERE :#${variable.problem.ofAll}::boolean AND project_id = :#${variable.work[project_id]}::bigint
      AND (ticket_id, global_id) <> (:#${variable.work[ticket_id]}::bigint, :#${variable.work[global_id]})
      AND state IN ('pending', 'removing') AND next_attempt_at <= now()
)
UPDATE jira_remote_link_writes SET
    state = CASE WHEN :#${variable.problem.again}::boolean THEN state ELSE 'failed' END,
    error_message = :#${variable.problem.words},
    next_attempt_at = now() + make_interval(secs => :#${variable.problem.seconds}::double precision)
WHERE ticket_id = :#${variable.work[ticket_id]}::bigint AND global_id = :#${variable.work[global_id]}
  AND NOT EXISTS (SELECT FROM gone)
