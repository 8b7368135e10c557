-- Forgets where the streams of a source are, whose connection is removed.
DELETE FROM sync_stream_state WHERE project_id = :#${header.projectId}::bigint AND source = :#${variable.source}
