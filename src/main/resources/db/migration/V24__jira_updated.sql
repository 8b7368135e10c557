-- Jira's own time of an issue's last change, whatever a mapping makes of it: by it an event is told from an older one.
ALTER TABLE jira_tickets ADD COLUMN jira_updated timestamptz;
