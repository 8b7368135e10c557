-- One sync of a project.
SELECT json_strip_nulls(json_build_object(
    'id', l.id, 'syncType', l.sync_type, 'status', l.status,
    'ticketsProcessed', l.tickets_processed, 'ticketsCreated', l.tickets_created, 'ticketsUpdated', l.tickets_updated,
    'ticketsUnchanged', l.tickets_unchanged, 'ticketsDeleted', l.tickets_deleted, 'ticketsInvalid', l.tickets_invalid,
    'pages', l.pages, 'errorMessage', l.error_message, 'startedAt', iso(l.started_at), 'completedAt', iso(l.completed_at),
    'durationMs', floor(extract(epoch FROM coalesce(l.completed_at, clock_timestamp()) - l.started_at) * 1000)::bigint,
    'stateText', l.state_text, 'waitingUntil', iso(l.waiting_until), 'estimatedCompletionAt', iso(l.estimated_completion_at),
    'jiraCount', l.jira_count, 'localCount', l.local_count, 'warnings', l.warnings, 'resumedFrom', l.resumed_from,
    'jql', coalesce(l.checkpoint ->> 'jql', l.requested_jql)))::text AS item
FROM jira_sync_logs l
WHERE l.project_id = :#${header.projectId}::bigint AND l.id = :#${header.syncId}::bigint
