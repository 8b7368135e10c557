-- What happened is a row that is appended by the statement that makes it true, in the same transaction. Whoever reacts to it
-- reads this table: live updates today. No trigger decides any more what is published.
CREATE TABLE platform_events (
    -- Of the transaction that published it. Readers take transactions below a snapshot's xmin: those have ended, so that none
    -- appears behind the reader's back, as a lower id may.
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    id bigint GENERATED ALWAYS AS IDENTITY,
    message jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (xid, id)
);

-- Publishes a message: it is read, by every instance, once the transaction has committed. A message goes to every client
-- that follows its project, so it stays small: of one that is too long the short fields stay, and the rest is to be fetched.
CREATE FUNCTION publish(message jsonb) RETURNS boolean LANGUAGE sql AS $$
    INSERT INTO platform_events (message)
    SELECT CASE WHEN octet_length(message::text) < 7900 THEN message ELSE (
        SELECT jsonb_object_agg(key, value) || '{"truncated": true}'
        FROM jsonb_each(message) WHERE octet_length(value::text) < 300) END;
    SELECT pg_notify('platform_events', '');
    SELECT true
$$;

-- Publishes what a person should look at: severity is error or warning.
CREATE FUNCTION publish_alert(severity text, project_id bigint, message text) RETURNS boolean LANGUAGE sql AS $$
    SELECT publish(live_message('alert', project_id,
                                jsonb_build_object('severity', severity, 'message', left(message, 500))))
$$;

-- Publishes that a sync has begun.
CREATE FUNCTION publish_sync_start(l sync_logs) RETURNS boolean LANGUAGE sql AS $$
    SELECT publish(sync_message('sync_started', l))
$$;

-- Publishes how far a sync is, or what it waits for.
CREATE FUNCTION publish_sync_progress(l sync_logs) RETURNS boolean LANGUAGE sql AS $$
    SELECT publish(sync_message('sync_progress', l))
$$;

-- Closes the streams of a sync that has ended, and publishes how it ended.
CREATE FUNCTION publish_sync_end(l sync_logs) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    UPDATE sync_stream_logs SET
        state = CASE WHEN state = 'running' AND l.status = 'failed' THEN 'failed' ELSE 'skipped' END,
        error = CASE WHEN state = 'running' AND l.status = 'failed' THEN l.error_message END,
        completed_at = CASE WHEN state = 'running' THEN clock_timestamp() END
    WHERE sync_id = l.id AND state IN ('waiting', 'running');
    PERFORM publish(sync_message(CASE l.status WHEN 'completed' THEN 'sync_completed' ELSE 'sync_failed' END, l));
    IF l.status = 'failed' THEN
        PERFORM publish_alert('error', l.project_id, 'Sync ' || l.id || ' failed: ' || coalesce(l.error_message, '?'));
    END IF;
    RETURN true;
END
$$;

-- Publishes that the deletion guard holds deletions of a sync back, unless the sync's warnings said so before.
CREATE FUNCTION publish_held_back(l sync_logs, before jsonb) RETURNS boolean LANGUAGE sql AS $$
    SELECT publish_alert('warning', l.project_id, 'Sync ' || l.id || ' holds a deletion back: ' || (
        SELECT w ->> 'message' FROM jsonb_array_elements(l.warnings) w WHERE w ->> 'code' = 'deletion-guard' LIMIT 1))
    WHERE l.warnings @> '[{"code": "deletion-guard"}]' AND NOT before @> '[{"code": "deletion-guard"}]'
$$;

-- Publishes the health of a connection where it differs from what it was before.
CREATE FUNCTION publish_health(h connection_health, before text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    config integration_configs;
BEGIN
    IF h.status = coalesce(before, 'UNKNOWN') THEN
        RETURN false;
    END IF;
    SELECT * INTO config FROM integration_configs WHERE id = h.config_id;
    PERFORM publish(live_message('health_changed', config.project_id, jsonb_strip_nulls(jsonb_build_object(
        'integrationType', config.integration_type, 'status', h.status, 'latencyMs', h.latency_ms,
        'error', left(h.error, 500)))));
    IF h.status = 'DOWN' THEN
        PERFORM publish_alert('error', config.project_id,
                              'The ' || CASE config.integration_type WHEN 'jira' THEN 'Jira' WHEN 'github' THEN 'GitHub'
                                        ELSE config.integration_type END
                              || ' connection is down: ' || coalesce(h.error, '?'));
    END IF;
    RETURN true;
END
$$;

DROP TRIGGER sync_begins ON sync_logs;
DROP TRIGGER sync_ends ON sync_logs;
DROP TRIGGER sync_waits ON sync_logs;
DROP TRIGGER sync_closes_streams ON sync_logs;
DROP TRIGGER sync_holds_back ON sync_logs;
DROP TRIGGER connection_health_begins ON connection_health;
DROP TRIGGER connection_health_changes ON connection_health;
DROP FUNCTION sync_tell();
DROP FUNCTION sync_close_streams();
DROP FUNCTION sync_warn_tell();
DROP FUNCTION connection_health_tell();
DROP FUNCTION live_alert(text, bigint, text);
DROP FUNCTION live(jsonb);
