-- Whether Jira has more of a ticket's comments or worklogs than is here.
SELECT EXISTS (SELECT FROM jira_discussion_queue
               WHERE ticket_id = :#${variable.source}::bigint AND list = :#${variable.discussion}) AS cut
