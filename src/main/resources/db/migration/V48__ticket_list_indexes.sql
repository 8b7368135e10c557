-- The ticket list reads each order and each filter from an index, so that a page costs the same however many tickets there
-- are. Where many tickets have the same value the latest change orders them: one index then serves the filter in the
-- list's default order and the sort by that field. A ticket without a date of change is the oldest.
DROP INDEX jira_tickets_updated, jira_tickets_status, jira_tickets_assignee, jira_tickets_issue_type, jira_tickets_priority;

CREATE INDEX jira_tickets_updated ON jira_tickets (project_id, coalesce(updated_date, '-infinity'), id);
CREATE INDEX jira_tickets_status ON jira_tickets (project_id, status, coalesce(updated_date, '-infinity'), id);
CREATE INDEX jira_tickets_status_category
    ON jira_tickets (project_id, status_category, coalesce(updated_date, '-infinity'), id);
CREATE INDEX jira_tickets_issue_type ON jira_tickets (project_id, issue_type, coalesce(updated_date, '-infinity'), id);
CREATE INDEX jira_tickets_priority ON jira_tickets (project_id, priority, coalesce(updated_date, '-infinity'), id);
CREATE INDEX jira_tickets_assignee ON jira_tickets (project_id, assignee, coalesce(updated_date, '-infinity'), id);
CREATE INDEX jira_tickets_resolution ON jira_tickets (project_id, resolution, coalesce(updated_date, '-infinity'), id);

CREATE INDEX jira_tickets_created ON jira_tickets (project_id, created_date, id);
CREATE INDEX jira_tickets_resolved ON jira_tickets (project_id, resolution_date, id);
CREATE INDEX jira_tickets_due ON jira_tickets (project_id, due_date, id);
CREATE INDEX jira_tickets_last_synced ON jira_tickets (project_id, last_synced, id);
CREATE INDEX jira_tickets_reporter ON jira_tickets (project_id, reporter, id);
CREATE INDEX jira_tickets_story_points ON jira_tickets (project_id, story_points, id);
CREATE INDEX jira_tickets_summary ON jira_tickets (project_id, left(summary, 100), id);
CREATE INDEX jira_tickets_components ON jira_tickets USING gin (components jsonb_path_ops) WHERE components <> '[]';

-- All tickets of a project that are not deleted are counted without reading one.
CREATE INDEX jira_tickets_present ON jira_tickets (project_id) WHERE sync_status <> 'deleted';

-- A pattern for LIKE that finds the text anywhere, character by character.
CREATE FUNCTION like_part(part text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN '%' || replace(replace(replace(part, '\', '\\'), '%', '\%'), '_', '\_') || '%';

-- What a search looks for: all the words, the last of them as a beginning; null where the text has no word.
CREATE FUNCTION words_query(search text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_tsquery('simple', nullif(plainto_tsquery('simple', search)::text, '') || ':*');

-- The documents of one project among many, and whether a ticket waits for its document.
CREATE INDEX jira_ticket_search_project ON jira_ticket_search (project_id, ticket_id);
CREATE INDEX jira_search_queue_ticket ON jira_search_queue (ticket_id);
