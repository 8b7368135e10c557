-- Whether a stream of a sync got any answer, and when it was last read to its end: a sync that got nothing has not completed,
-- and a stream that fails has an age of its own.
ALTER TABLE sync_stream_logs ADD COLUMN answered boolean NOT NULL DEFAULT false;
ALTER TABLE sync_stream_logs ADD COLUMN last_success_at timestamptz;
UPDATE sync_stream_logs SET answered = state = 'completed' AND requests > 0,
                            last_success_at = CASE WHEN state = 'completed' THEN completed_at END;

CREATE OR REPLACE FUNCTION sync_streams(of_sync bigint) RETURNS json LANGUAGE sql STABLE AS $$
    SELECT coalesce(json_agg(json_strip_nulls(json_build_object(
        'name', s.stream, 'repository', s.scope_name, 'state', s.state, 'processed', s.processed, 'created', s.created,
        'updated', s.updated, 'unchanged', s.unchanged, 'deleted', s.deleted, 'requests', s.requests, 'pages', s.pages,
        'error', s.error, 'startedAt', iso(s.started_at), 'completedAt', iso(s.completed_at),
        'lastSuccessAt', iso(s.last_success_at))) ORDER BY s.position), '[]')
    FROM sync_stream_logs s WHERE s.sync_id = of_sync
$$;

-- How old what is stored of each stream of a connection is, as of its last sync that named streams; NULL where no sync did. A
-- stream that was never read to its end has no age.
CREATE FUNCTION stream_ages(project bigint, of_source text) RETURNS json LANGUAGE sql STABLE AS $$
    SELECT json_agg(json_strip_nulls(json_build_object(
        'name', s.stream, 'repository', s.scope_name, 'lastSuccessAt', iso(t.updated_at),
        'dataAgeSeconds', greatest(0, floor(extract(epoch FROM now() - t.updated_at)))::bigint,
        'error', CASE WHEN s.state = 'failed' THEN s.error END)) ORDER BY s.position)
    FROM sync_stream_logs s
    LEFT JOIN sync_stream_state t
           ON t.project_id = project AND t.source = of_source AND t.scope = s.scope AND t.stream = s.stream
    WHERE s.sync_id = (SELECT max(l.id) FROM sync_logs l WHERE l.project_id = project AND l.source = of_source)
$$;
