-- Ends a stream that was walked to its end: what it knows now is where the next sync begins, unless that is to read something
-- else, by a configuration that came in meanwhile.
WITH sync AS MATERIALIZED (
    SELECT id, project_id, source FROM sync_logs WHERE id = :#${variable.syncId}::bigint
), ended AS (
    UPDATE sync_stream_logs s SET
        state = 'completed', completed_at = clock_timestamp(), last_success_at = clock_timestamp(), checkpoint = NULL,
        answered = s.answered OR :#${variable.syncStream.answered}::boolean,
        deleted = s.deleted + :#${variable.gone}::integer, requests = s.requests + :#${variable.asked}::integer
    FROM sync WHERE s.sync_id = sync.id AND s.scope = :#${variable.scope} AND s.stream = :#${variable.stream}
), counted AS (
    UPDATE sync_logs l SET deleted = l.deleted + :#${variable.gone}::integer FROM sync WHERE l.id = sync.id
)
INSERT INTO sync_stream_state AS t (project_id, source, scope, stream, cursor, etag, pages)
SELECT sync.project_id, sync.source, :#${variable.scope}, :#${variable.stream}, :#${variable.streamRun.reached}::jsonb,
       :#${variable.streamRun.reachedEtag}, :#${variable.streamRun.reachedPages}::jsonb
FROM sync
JOIN integration_configs c
  ON c.id = :#${variable.claim[config_id]}::bigint AND c.updated_at::text = :#${variable.claim[config_at]}
ON CONFLICT (project_id, source, scope, stream) DO UPDATE SET
    cursor = excluded.cursor, etag = excluded.etag, pages = excluded.pages, updated_at = now()
