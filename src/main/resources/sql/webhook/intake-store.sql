-- Stores the deliveries that wait, all or none: what was here before (its id, or its very bytes) is left out, what is to be
-- applied puts its entity into the queue. Parameters in the order of IntakeStatement.
WITH incoming AS MATERIALIZED (
    SELECT d.*, nextval('webhook_event_ids') AS event_id
    FROM unnest(?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[], ?::integer[],
                ?::boolean[], ?::bytea[], ?::bigint[], ?::text[], ?::text[]) WITH ORDINALITY
        AS d (integration_type, project_id, event_type, action, delivery_id, entity, lane, payload, payload_length, is_form,
              digest, secret_id, trace_id, status, number)
), fresh AS (
    INSERT INTO webhook_deliveries (event_id, integration_type, project_id, delivery_id, signature)
    SELECT event_id, integration_type, coalesce(project_id, 0), delivery_id, digest
    FROM incoming
    ORDER BY delivery_id -- one order for all writers, so that two never wait for each other
    ON CONFLICT DO NOTHING
    RETURNING event_id
), stored AS (
    INSERT INTO webhook_events (id, integration_type, project_id, event_type, action, delivery_id, entity, payload,
                                payload_length, is_form, signature, secret_id, trace_id, status, processed_at)
    SELECT event_id, integration_type, project_id, event_type, action, delivery_id, entity, payload, payload_length, is_form,
           'sha256=' || encode(digest, 'hex'), secret_id, trace_id, status, CASE WHEN status = 'ignored' THEN now() END
    FROM incoming JOIN fresh USING (event_id)
), queued AS (
    INSERT INTO webhook_queue AS q (project_id, entity, integration_type, lane, due_at, oldest_at)
    SELECT project_id, entity, min(integration_type), min(lane),
           -- Others of the same entity mostly follow at once; the other system is asked once for all.
           now() + make_interval(secs => CASE WHEN min(lane) = 'fetch' THEN ?::double precision ELSE 0 END), now()
    FROM incoming JOIN fresh USING (event_id)
    WHERE status = 'pending'
    GROUP BY project_id, entity
    ORDER BY project_id, entity
    ON CONFLICT (project_id, entity) DO UPDATE SET
        lane = CASE WHEN q.due_at = 'infinity' OR excluded.lane = 'apply' THEN excluded.lane ELSE q.lane END,
        due_at = CASE WHEN q.parked_until > now() THEN q.due_at ELSE least(q.due_at, excluded.due_at) END,
        oldest_at = CASE WHEN q.due_at = 'infinity' AND q.owner IS NULL THEN excluded.oldest_at
                         ELSE least(q.oldest_at, excluded.oldest_at) END
), counted AS MATERIALIZED (
    SELECT webhook_count(integration_type, ?::integer, count(fresh.event_id), count(*) - count(fresh.event_id), 0,
                         count(*) FILTER (WHERE fresh.event_id IS NOT NULL AND status = 'ignored'), 0,
                         count(*) FILTER (WHERE fresh.event_id IS NOT NULL AND status = 'pending'), 0, NULL)
    FROM incoming LEFT JOIN fresh USING (event_id)
    GROUP BY integration_type
)
SELECT number, fresh.event_id, (SELECT count(*) FROM counted) AS counted
FROM incoming LEFT JOIN fresh USING (event_id)
