-- Most tickets have no resolution, no due date and no story points. An index for such a field holds only the tickets that
-- have a value, so storing the others costs nothing. The list reads tickets without a value in a part of their own, in the
-- order of their ids or of their latest change.
DROP INDEX jira_tickets_resolution, jira_tickets_resolved, jira_tickets_due, jira_tickets_story_points;
CREATE INDEX jira_tickets_resolution ON jira_tickets (project_id, resolution, coalesce(updated_date, '-infinity'), id)
    WHERE resolution IS NOT NULL;
CREATE INDEX jira_tickets_resolved ON jira_tickets (project_id, resolution_date, id) WHERE resolution_date IS NOT NULL;
CREATE INDEX jira_tickets_due ON jira_tickets (project_id, due_date, id) WHERE due_date IS NOT NULL;
CREATE INDEX jira_tickets_story_points ON jira_tickets (project_id, story_points, id) WHERE story_points IS NOT NULL;

-- One index for the order of ids and for the number of tickets that are not deleted.
DROP INDEX jira_tickets_present;
CREATE INDEX jira_tickets_present ON jira_tickets (project_id, id) WHERE sync_status <> 'deleted';
