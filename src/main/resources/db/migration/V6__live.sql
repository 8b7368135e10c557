-- Live updates: what changes is told by the change itself, in the same transaction, so that nobody is told of what did
-- not happen. Triggers, since several statements begin, end and stop syncs, and none may forget it.

-- PostgreSQL refuses a notification of 8000 bytes, and the change with it: of one that is too long the short fields are
-- sent, and that the rest is to be fetched.
CREATE OR REPLACE FUNCTION live(message jsonb) RETURNS void LANGUAGE sql AS $$
    SELECT pg_notify('platform_live', CASE WHEN octet_length(message::text) < 7900 THEN message::text ELSE (
        SELECT jsonb_object_agg(key, value) || '{"truncated": true}'
        FROM jsonb_each(message) WHERE octet_length(value::text) < 300)::text END)
$$;

-- A message, with the moment at which it was made.
CREATE FUNCTION live_message(kind text, project_id bigint, details jsonb) RETURNS jsonb LANGUAGE sql AS $$
    SELECT jsonb_build_object('type', kind, 'projectId', project_id, 'at', iso(clock_timestamp()))
        || details
$$;

-- What is worth a look by a person: severity is error or warning.
CREATE FUNCTION live_alert(severity text, project_id bigint, message text) RETURNS void LANGUAGE sql AS $$
    SELECT live(live_message('alert', project_id,
                             jsonb_build_object('severity', severity, 'message', left(message, 500))))
$$;

-- A sync as the API shows it.
CREATE FUNCTION jira_sync_log(l jira_sync_logs) RETURNS json LANGUAGE sql AS $$
    SELECT json_strip_nulls(json_build_object(
        'id', l.id, 'syncType', l.sync_type, 'status', l.status,
        'ticketsProcessed', l.tickets_processed, 'ticketsCreated', l.tickets_created,
        'ticketsUpdated', l.tickets_updated, 'ticketsUnchanged', l.tickets_unchanged,
        'ticketsDeleted', l.tickets_deleted, 'ticketsInvalid', l.tickets_invalid,
        'pages', l.pages, 'errorMessage', l.error_message,
        'startedAt', iso(l.started_at), 'completedAt', iso(l.completed_at),
        'durationMs', floor(extract(epoch FROM coalesce(l.completed_at, clock_timestamp()) - l.started_at) * 1000)::bigint,
        'stateText', l.state_text, 'waitingUntil', iso(l.waiting_until),
        'estimatedCompletionAt', iso(l.estimated_completion_at), 'jiraCount', l.jira_count,
        'localCount', l.local_count, 'warnings', l.warnings, 'resumedFrom', l.resumed_from,
        'jql', coalesce(l.checkpoint ->> 'jql', l.requested_jql)))
$$;

-- A message about a sync. Long texts are cut: the whole is at jira-sync-logs/{syncId}.
CREATE FUNCTION jira_sync_message(kind text, l jira_sync_logs) RETURNS jsonb LANGUAGE sql AS $$
    SELECT live_message(kind, l.project_id, jsonb_build_object('syncId', l.id, 'sync', jsonb_strip_nulls(
        jira_sync_log(l)::jsonb || jsonb_build_object(
            'errorMessage', left(l.error_message, 500), 'stateText', left(l.state_text, 500),
            'jql', left(coalesce(l.checkpoint ->> 'jql', l.requested_jql), 500),
            'warnings', (SELECT coalesce(jsonb_agg(w || jsonb_build_object('message', left(w ->> 'message', 300))), '[]')
                         FROM (SELECT w FROM jsonb_array_elements(l.warnings) w LIMIT 5) first)))))
$$;

-- How far a sync was when it was told last; the heartbeat of its instance compares.
ALTER TABLE jira_sync_logs ADD COLUMN progress_told text;

-- What a person who watches would see move.
CREATE FUNCTION jira_sync_progress(l jira_sync_logs) RETURNS text LANGUAGE sql IMMUTABLE
RETURN concat_ws(' ', l.pages, l.tickets_processed, l.tickets_deleted, l.state_text);

CREATE FUNCTION jira_sync_tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM live(jira_sync_message(CASE
        WHEN TG_OP = 'INSERT' THEN 'sync_started'
        WHEN NEW.status = 'running' THEN 'sync_progress'
        WHEN NEW.status = 'completed' THEN 'sync_completed'
        ELSE 'sync_failed' END, NEW));
    IF NEW.status = 'failed' THEN
        PERFORM live_alert('error', NEW.project_id, 'Sync ' || NEW.id || ' failed: ' || coalesce(NEW.error_message, '?'));
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER jira_sync_begins AFTER INSERT ON jira_sync_logs
    FOR EACH ROW WHEN (NEW.status = 'running') EXECUTE FUNCTION jira_sync_tell();
CREATE TRIGGER jira_sync_ends AFTER UPDATE OF status ON jira_sync_logs
    FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION jira_sync_tell();
CREATE TRIGGER jira_sync_waits AFTER UPDATE OF waiting_until ON jira_sync_logs
    FOR EACH ROW WHEN (NEW.status = 'running' AND NEW.waiting_until IS DISTINCT FROM OLD.waiting_until
                       AND NEW.waiting_until IS NOT NULL) EXECUTE FUNCTION jira_sync_tell();

CREATE FUNCTION jira_sync_warn_tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM live_alert('warning', NEW.project_id, 'Sync ' || NEW.id || ' holds a deletion back: ' || (
        SELECT w ->> 'message' FROM jsonb_array_elements(NEW.warnings) w WHERE w ->> 'code' = 'deletion-guard' LIMIT 1));
    RETURN NULL;
END
$$;

CREATE TRIGGER jira_sync_holds_back AFTER UPDATE OF warnings ON jira_sync_logs
    FOR EACH ROW WHEN (NEW.warnings @> '[{"code": "deletion-guard"}]' AND NOT OLD.warnings @> '[{"code": "deletion-guard"}]')
    EXECUTE FUNCTION jira_sync_warn_tell();

CREATE FUNCTION connection_health_tell() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    config integration_configs;
BEGIN
    SELECT * INTO config FROM integration_configs WHERE id = NEW.config_id;
    PERFORM live(live_message('health_changed', config.project_id, jsonb_strip_nulls(jsonb_build_object(
        'integrationType', config.integration_type, 'status', NEW.status, 'latencyMs', NEW.latency_ms,
        'error', left(NEW.error, 500)))));
    IF NEW.status = 'DOWN' THEN
        PERFORM live_alert('error', config.project_id,
                           'The ' || CASE config.integration_type WHEN 'jira' THEN 'Jira' WHEN 'github' THEN 'GitHub'
                                     ELSE config.integration_type END
                           || ' connection is down: ' || coalesce(NEW.error, '?'));
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER connection_health_begins AFTER INSERT ON connection_health
    FOR EACH ROW WHEN (NEW.status <> 'UNKNOWN') EXECUTE FUNCTION connection_health_tell();
CREATE TRIGGER connection_health_changes AFTER UPDATE OF status ON connection_health
    FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION connection_health_tell();
