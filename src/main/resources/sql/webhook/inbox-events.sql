-- The open events of the entities that a batch has claimed, in order. What is stored after the claim makes its entity due
-- again; what was stored before is seen here, so that nothing falls in between. Beyond a number of bytes events come without
-- their payload: those are for another batch. First come the first events of all entities, then the second ones, and so on.
WITH open AS MATERIALIZED (
    SELECT q.project_id, q.entity, e.*
    FROM webhook_queue q
    LEFT JOIN LATERAL (
        SELECT o.id, o.created_at, o.integration_type, o.event_type, o.action, o.trace_id, o.status, o.attempts, o.payload,
               o.payload_length, o.is_form, row_number() OVER (ORDER BY o.id) AS place
        FROM webhook_events o
        WHERE o.project_id = q.project_id AND o.entity = q.entity AND o.status IN ('pending', 'processing', 'failed')
          AND o.created_at >= q.oldest_at
        ORDER BY o.id LIMIT 50
    ) e ON true
    WHERE q.owner = :#${variable.owner}
), measured AS (
    SELECT *, row_number() OVER first_events_first AS number, sum(payload_length) OVER first_events_first AS bytes
    FROM open
    WINDOW first_events_first AS (ORDER BY place, id ROWS UNBOUNDED PRECEDING)
)
SELECT project_id, entity, id, extract(epoch FROM created_at)::numeric::text AS created_at, integration_type, event_type,
       action, trace_id, status, attempts, payload_length, is_form,
       CASE WHEN number = 1 OR bytes <= :#${bean:webhookInbox?method=getBatchBytes}::bigint THEN payload END AS payload
FROM measured
ORDER BY id
