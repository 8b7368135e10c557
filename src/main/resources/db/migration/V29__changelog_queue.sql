-- Tickets whose changelog Jira has cut: what is missing is asked for ticket by ticket, in the background.
CREATE TABLE jira_changelog_queue (
    ticket_id       bigint      PRIMARY KEY REFERENCES jira_tickets (id) ON DELETE CASCADE,
    project_id      bigint      NOT NULL,
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    attempts        integer     NOT NULL DEFAULT 0,
    error_message   text
);
CREATE INDEX jira_changelog_queue_due ON jira_changelog_queue (next_attempt_at);
