-- Notes why a ticket's changelog could not be read: another time, or, where Jira will never show it, not at all.
WITH given_up AS (
    DELETE FROM jira_changelog_queue
    WHERE ticket_id = :#${variable.work[ticket_id]}::bigint AND NOT :#${variable.problem.again}::boolean
), others AS (
    -- Who is asked to wait does not ask for the next one.
    UPDATE jira_changelog_queue SET
        next_attempt_at = now() + make_interval(secs => :#${variable.problem.seconds}::double precision)
    WHERE :#${variable.problem.ofAll}::boolean AND project_id = :#${variable.work[project_id]}::bigint
      AND ticket_id <> :#${variable.work[ticket_id]}::bigint AND next_attempt_at <= now()
)
UPDATE jira_changelog_queue SET
    error_message = :#${variable.problem.words},
    next_attempt_at = now() + make_interval(secs => :#${variable.problem.seconds}::double precision)
WHERE ticket_id = :#${variable.work[ticket_id]}::bigint AND :#${variable.problem.again}::boolean
