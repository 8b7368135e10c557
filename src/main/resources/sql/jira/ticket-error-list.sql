-- The tickets of a project that were quarantined.
-- sort: -createdAt = e.created_at :: timestamptz not null
-- tie: e.id
-- The payload is passed on as it is: json_strip_nulls would read it, and refuse an escaped NUL or half a surrogate pair.
SELECT /*item*/ json_build_object(
    'id', e.id, 'jiraId', e.jira_id, 'jiraKey', e.jira_key, 'reason', e.reason, 'payload', e.payload::json,
    'createdAt', iso(e.created_at), 'attempts', e.attempts, 'syncId', e.sync_id) AS item
FROM jira_ticket_errors e
WHERE e.project_id = :projectId
