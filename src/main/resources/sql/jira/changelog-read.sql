-- A ticket's changelog is here, or as much of it as may be.
DELETE FROM jira_changelog_queue WHERE ticket_id = :#${variable.work[ticket_id]}::bigint
