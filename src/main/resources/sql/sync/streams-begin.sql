-- Notes the streams of a sync in all of its scopes, and gives those that it has not done yet, in their order: scope by scope,
-- and at the end what is better done when all else is there. A scope that cannot be read at all has failed with all of its
-- streams. What a sync that failed of late had begun is gone on with, where the configuration is the same.
WITH sync AS MATERIALIZED (
    SELECT l.id, l.project_id, l.source, l.sync_type FROM sync_logs l WHERE l.id = :#${variable.syncId}::bigint
), scopes AS (
    SELECT r.* FROM ROWS FROM (jsonb_to_recordset(:#${body}::jsonb) AS (scope text, name text, error text))
        WITH ORDINALITY AS r (scope, name, error, place)
), listed AS MATERIALIZED (
    SELECT scopes.scope, scopes.name, scopes.error, s.stream,
           row_number() OVER (ORDER BY (s.stream = ANY (string_to_array(:#${variable.lastStreams}, ','))), scopes.place, s.position)
               AS position
    FROM scopes, unnest(string_to_array(:#${variable.streams}, ',')) WITH ORDINALITY AS s (stream, position)
), former AS MATERIALIZED (
    SELECT before.id FROM (
        SELECT l.id, l.status, l.sync_type, l.started_at FROM sync_logs l JOIN sync
            ON l.project_id = sync.project_id AND l.source = sync.source AND l.id < sync.id
        ORDER BY l.id DESC LIMIT 1) AS before, sync
    WHERE before.status = 'failed' AND (sync.sync_type <> 'full' OR before.sync_type = 'full')
      AND before.started_at >= (SELECT c.updated_at FROM integration_configs c WHERE c.id = :#${variable.claim[config_id]}::bigint)
), noted AS (
    INSERT INTO sync_stream_logs (sync_id, scope, scope_name, stream, position, state, error, last_success_at, checkpoint, checkpoint_at)
    SELECT sync.id, listed.scope, listed.name, listed.stream, listed.position,
           CASE WHEN listed.error IS NULL THEN 'waiting' ELSE 'failed' END, listed.error, known.updated_at, begun.checkpoint,
           begun.checkpoint_at
    FROM sync CROSS JOIN listed
    LEFT JOIN sync_stream_logs begun
           ON begun.sync_id = (SELECT id FROM former) AND begun.scope = listed.scope AND begun.stream = listed.stream
          AND begun.checkpoint_at > now() - interval '1 day'
    LEFT JOIN sync_stream_state known
           ON known.project_id = sync.project_id AND known.source = sync.source AND known.scope = listed.scope
          AND known.stream = listed.stream
    ON CONFLICT (sync_id, scope, stream) DO NOTHING
    RETURNING sync_id, scope_name, error
), warned AS (
    UPDATE sync_logs l SET warnings = l.warnings || bad.warnings
    FROM (SELECT sync_id, jsonb_agg(jsonb_build_object('code', 'scope-failed', 'message', concat_ws(': ', scope_name, error))) AS warnings
          FROM (SELECT DISTINCT sync_id, scope_name, error FROM noted WHERE error IS NOT NULL) AS each
          GROUP BY sync_id) AS bad
    WHERE l.id = bad.sync_id
)
SELECT listed.scope, listed.stream
FROM listed
LEFT JOIN sync_stream_logs before
       ON before.sync_id = :#${variable.syncId}::bigint AND before.scope = listed.scope AND before.stream = listed.stream
WHERE coalesce(before.state, CASE WHEN listed.error IS NULL THEN 'waiting' ELSE 'failed' END) IN ('waiting', 'running')
ORDER BY listed.position
