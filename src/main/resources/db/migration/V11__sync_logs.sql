-- One lifecycle of syncs for all sources. What was Jira's becomes everybody's under the source's name: the syncs, when the
-- next one is due, and for sources that are lists of streams how far each stream is.

ALTER TABLE jira_sync_logs RENAME TO sync_logs;
ALTER SEQUENCE jira_sync_logs_id_seq RENAME TO sync_logs_id_seq;
ALTER TABLE sync_logs ADD COLUMN source text NOT NULL DEFAULT 'jira';
ALTER TABLE sync_logs ALTER COLUMN source DROP DEFAULT;
ALTER TABLE sync_logs RENAME COLUMN tickets_processed TO processed;
ALTER TABLE sync_logs RENAME COLUMN tickets_created TO created;
ALTER TABLE sync_logs RENAME COLUMN tickets_updated TO updated;
ALTER TABLE sync_logs RENAME COLUMN tickets_unchanged TO unchanged;
ALTER TABLE sync_logs RENAME COLUMN tickets_deleted TO deleted;
ALTER TABLE sync_logs RENAME COLUMN tickets_invalid TO invalid;
ALTER TABLE sync_logs RENAME COLUMN expected_tickets TO expected;
ALTER TABLE sync_logs RENAME COLUMN jira_count TO remote_count;
ALTER TABLE sync_logs RENAME CONSTRAINT jira_sync_logs_pkey TO sync_logs_pkey;
ALTER TABLE sync_logs RENAME CONSTRAINT jira_sync_logs_project_id_fkey TO sync_logs_project_id_fkey;
ALTER TABLE sync_logs RENAME CONSTRAINT jira_sync_logs_sync_type_check TO sync_logs_sync_type_check;
ALTER TABLE sync_logs RENAME CONSTRAINT jira_sync_logs_status_check TO sync_logs_status_check;
ALTER TABLE sync_logs RENAME CONSTRAINT jira_sync_logs_purpose_check TO sync_logs_purpose_check;
ALTER INDEX jira_sync_logs_running RENAME TO sync_logs_running;
DROP INDEX jira_sync_logs_project;
CREATE INDEX sync_logs_project ON sync_logs (project_id, source, id);
-- One running sync of a source a project, whatever the number of instances.
DROP INDEX jira_sync_logs_one_running;
CREATE UNIQUE INDEX sync_logs_one_running ON sync_logs (project_id, source) WHERE status = 'running';

-- When the next sync of a source is due.
CREATE TABLE sync_schedules (
    project_id      bigint      NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    source          text        NOT NULL,
    next_sync_at    timestamptz NOT NULL DEFAULT now(),
    -- In a row; the next sync waits longer after each.
    failures        integer     NOT NULL DEFAULT 0,
    last_success_at timestamptz,
    PRIMARY KEY (project_id, source)
);

CREATE INDEX sync_schedules_due ON sync_schedules (source, next_sync_at);

INSERT INTO sync_schedules (project_id, source, next_sync_at, failures, last_success_at)
SELECT project_id, 'jira', next_sync_at, failures, last_success_at FROM jira_sync_state;

-- GitHub was connected and not collected from: the first sync of each, spread over an hour.
INSERT INTO sync_schedules (project_id, source, next_sync_at)
SELECT project_id, 'github', now() + random() * interval '1 hour' FROM integration_configs WHERE integration_type = 'github';

DROP INDEX jira_sync_state_due;
ALTER TABLE jira_sync_state DROP COLUMN next_sync_at, DROP COLUMN failures, DROP COLUMN last_success_at;

-- What is known of a stream when no sync runs: the cursor is what its last complete run has reached.
CREATE TABLE sync_stream_state (
    project_id bigint      NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    source     text        NOT NULL,
    stream     text        NOT NULL,
    cursor     jsonb       NOT NULL DEFAULT '{}',
    -- Of the first page, where that tells whether anything is new.
    etag       text,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project_id, source, stream)
);

-- What a sync did with each stream. Skipped is what the sync that it resumes had done already, and what it did not get to.
CREATE TABLE sync_stream_logs (
    sync_id      bigint  NOT NULL REFERENCES sync_logs (id) ON DELETE CASCADE,
    stream       text    NOT NULL,
    position     integer NOT NULL,
    state        text    NOT NULL DEFAULT 'waiting'
        CHECK (state IN ('waiting', 'running', 'completed', 'failed', 'skipped')),
    processed    integer NOT NULL DEFAULT 0,
    created      integer NOT NULL DEFAULT 0,
    updated      integer NOT NULL DEFAULT 0,
    unchanged    integer NOT NULL DEFAULT 0,
    deleted      integer NOT NULL DEFAULT 0,
    requests     integer NOT NULL DEFAULT 0,
    pages        integer NOT NULL DEFAULT 0,
    error        text,
    -- How far it is, saved with the rows of each page.
    checkpoint   jsonb,
    started_at   timestamptz,
    completed_at timestamptz,
    PRIMARY KEY (sync_id, stream)
);

-- The functions about syncs, now for those of any source.
DROP TRIGGER jira_sync_begins ON sync_logs;
DROP TRIGGER jira_sync_ends ON sync_logs;
DROP TRIGGER jira_sync_waits ON sync_logs;
DROP TRIGGER jira_sync_holds_back ON sync_logs;
DROP FUNCTION jira_sync_tell;
DROP FUNCTION jira_sync_warn_tell;
DROP FUNCTION jira_sync_progress;
DROP FUNCTION jira_sync_message;
DROP FUNCTION jira_sync_log;

-- The streams of a sync as the API shows them.
CREATE FUNCTION sync_streams(of_sync bigint) RETURNS json LANGUAGE sql STABLE AS $$
    SELECT coalesce(json_agg(json_strip_nulls(json_build_object(
        'name', s.stream, 'state', s.state, 'processed', s.processed, 'created', s.created, 'updated', s.updated,
        'unchanged', s.unchanged, 'deleted', s.deleted, 'requests', s.requests, 'pages', s.pages, 'error', s.error,
        'startedAt', iso(s.started_at), 'completedAt', iso(s.completed_at))) ORDER BY s.position), '[]')
    FROM sync_stream_logs s WHERE s.sync_id = of_sync
$$;

-- A sync as the API shows it. Jira's counts are of tickets, those of a source of streams are the sums of its streams.
CREATE FUNCTION sync_log(l sync_logs) RETURNS json LANGUAGE sql AS $$
    SELECT json_strip_nulls(CASE l.source WHEN 'jira' THEN json_build_object(
        'id', l.id, 'syncType', l.sync_type, 'status', l.status,
        'ticketsProcessed', l.processed, 'ticketsCreated', l.created,
        'ticketsUpdated', l.updated, 'ticketsUnchanged', l.unchanged,
        'ticketsDeleted', l.deleted, 'ticketsInvalid', l.invalid,
        'pages', l.pages, 'errorMessage', l.error_message,
        'startedAt', iso(l.started_at), 'completedAt', iso(l.completed_at),
        'durationMs', floor(extract(epoch FROM coalesce(l.completed_at, clock_timestamp()) - l.started_at) * 1000)::bigint,
        'stateText', l.state_text, 'waitingUntil', iso(l.waiting_until),
        'estimatedCompletionAt', iso(l.estimated_completion_at), 'jiraCount', l.remote_count,
        'localCount', l.local_count, 'warnings', l.warnings, 'resumedFrom', l.resumed_from,
        'jql', coalesce(l.checkpoint ->> 'jql', l.requested_jql))
    ELSE json_build_object(
        'id', l.id, 'syncType', l.sync_type, 'status', l.status,
        'processed', l.processed, 'created', l.created, 'updated', l.updated, 'unchanged', l.unchanged,
        'deleted', l.deleted, 'pages', l.pages, 'errorMessage', l.error_message,
        'startedAt', iso(l.started_at), 'completedAt', iso(l.completed_at),
        'durationMs', floor(extract(epoch FROM coalesce(l.completed_at, clock_timestamp()) - l.started_at) * 1000)::bigint,
        'stateText', l.state_text, 'waitingUntil', iso(l.waiting_until),
        'warnings', l.warnings, 'resumedFrom', l.resumed_from, 'streams', sync_streams(l.id))
    END)
$$;

-- A message about a sync. Long texts are cut: the whole is at SOURCE-sync-logs/{syncId}.
CREATE FUNCTION sync_message(kind text, l sync_logs) RETURNS jsonb LANGUAGE sql AS $$
    SELECT live_message(kind, l.project_id, jsonb_build_object('source', l.source, 'syncId', l.id, 'sync', jsonb_strip_nulls(
        sync_log(l)::jsonb || jsonb_build_object(
            'errorMessage', left(l.error_message, 500), 'stateText', left(l.state_text, 500),
            'jql', left(coalesce(l.checkpoint ->> 'jql', l.requested_jql), 500),
            'warnings', (SELECT coalesce(jsonb_agg(w || jsonb_build_object('message', left(w ->> 'message', 300))), '[]')
                         FROM (SELECT w FROM jsonb_array_elements(l.warnings) w LIMIT 5) first)))))
$$;

-- What a person who watches would see move.
CREATE FUNCTION sync_progress(l sync_logs) RETURNS text LANGUAGE sql IMMUTABLE
RETURN concat_ws(' ', l.pages, l.processed, l.deleted, l.state_text);

CREATE FUNCTION sync_tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM live(sync_message(CASE
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

CREATE TRIGGER sync_begins AFTER INSERT ON sync_logs
    FOR EACH ROW WHEN (NEW.status = 'running') EXECUTE FUNCTION sync_tell();
CREATE TRIGGER sync_ends AFTER UPDATE OF status ON sync_logs
    FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION sync_tell();
CREATE TRIGGER sync_waits AFTER UPDATE OF waiting_until ON sync_logs
    FOR EACH ROW WHEN (NEW.status = 'running' AND NEW.waiting_until IS DISTINCT FROM OLD.waiting_until
                       AND NEW.waiting_until IS NOT NULL) EXECUTE FUNCTION sync_tell();

-- A sync that ends takes its streams with it, whoever ends it. Triggers of a row fire in the order of their names: the
-- message that it ended comes after this.
CREATE FUNCTION sync_close_streams() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE sync_stream_logs SET
        state = CASE WHEN state = 'running' AND NEW.status = 'failed' THEN 'failed' ELSE 'skipped' END,
        error = CASE WHEN state = 'running' AND NEW.status = 'failed' THEN NEW.error_message END,
        completed_at = CASE WHEN state = 'running' THEN clock_timestamp() END
    WHERE sync_id = NEW.id AND state IN ('waiting', 'running');
    RETURN NULL;
END
$$;

CREATE TRIGGER sync_closes_streams AFTER UPDATE OF status ON sync_logs
    FOR EACH ROW WHEN (OLD.status = 'running' AND NEW.status <> 'running') EXECUTE FUNCTION sync_close_streams();

CREATE FUNCTION sync_warn_tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM live_alert('warning', NEW.project_id, 'Sync ' || NEW.id || ' holds a deletion back: ' || (
        SELECT w ->> 'message' FROM jsonb_array_elements(NEW.warnings) w WHERE w ->> 'code' = 'deletion-guard' LIMIT 1));
    RETURN NULL;
END
$$;

CREATE TRIGGER sync_holds_back AFTER UPDATE OF warnings ON sync_logs
    FOR EACH ROW WHEN (NEW.warnings @> '[{"code": "deletion-guard"}]' AND NOT OLD.warnings @> '[{"code": "deletion-guard"}]')
    EXECUTE FUNCTION sync_warn_tell();

-- Jira's syncs under the name and with the columns that others have come to know.
CREATE VIEW jira_sync_logs AS
SELECT id, project_id, sync_type, status, processed AS tickets_processed, created AS tickets_created,
       updated AS tickets_updated, unchanged AS tickets_unchanged, deleted AS tickets_deleted, invalid AS tickets_invalid,
       pages, error_message, state_text, waiting_until, estimated_completion_at, expected AS expected_tickets,
       remote_count AS jira_count, local_count, warnings, resumed_from, requested_jql, purpose, confirm_deletions,
       checkpoint, owner, lease_until, cancel_requested, started_at, completed_at, created_at, progress_told, source
FROM sync_logs WHERE source = 'jira';

ALTER VIEW jira_sync_logs ALTER COLUMN source SET DEFAULT 'jira';
