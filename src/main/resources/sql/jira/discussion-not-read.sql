-- Notes why a list of comments or worklogs could not be read to its end: it is tried another time, or, where that will not
-- help, when the issue brings another list.
WITH others AS (
    -- Who is asked to wait does not ask for the next one.
    UPDATE jira_discussion_queue q SET
        next_attempt_at = now() + make_interval(secs => :#${variable.problem.seconds}::double precision)
    FROM jira_tickets t
    WHERE :#${variable.problem.ofAll}::boolean AND t.project_id = :#${variable.work[project_id]}::bigint
      AND t.id = q.ticket_id AND q.next_attempt_at <= now()
      AND (q.ticket_id, q.list) <> (:#${variable.work[ticket_id]}::bigint, :#${variable.work[list]}::text)
)
UPDATE jira_discussion_queue SET
    error_message = :#${variable.problem.words},
    next_attempt_at = CASE WHEN :#${variable.problem.again}::boolean
        THEN now() + make_interval(secs => :#${variable.problem.seconds}::double precision) ELSE 'infinity' END
WHERE ticket_id = :#${variable.work[ticket_id]}::bigint AND list = :#${variable.work[list]}
  AND next_attempt_at = :#${variable.work[claimed]}::timestamptz
