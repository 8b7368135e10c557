-- Claims the entities of a lane that are due, nobody else gets them meanwhile, and gives their open events in order.
WITH due AS MATERIALIZED (
    SELECT project_id, entity FROM webhook_queue
    WHERE lane = :#${variable.lane} AND due_at <= now() AND owner IS NULL
    ORDER BY due_at LIMIT :#${properties:platform.webhooks.batch-size}::integer
    FOR UPDATE SKIP LOCKED
), claimed AS (
    UPDATE webhook_queue q SET
        owner = :#${variable.owner}, due_at = 'infinity', parked_until = NULL,
        lease_until = now() + make_interval(secs => :#${bean:webhookInbox?method=getLeaseSeconds}::double precision)
    FROM due
    WHERE q.project_id = due.project_id AND q.entity = due.entity
    RETURNING q.project_id, q.entity, q.oldest_at
)
SELECT claimed.project_id, claimed.entity, e.id, extract(epoch FROM e.created_at)::numeric::text AS created_at,
       e.integration_type, e.event_type, e.action, e.trace_id, e.status, e.attempts, e.payload, e.payload_length, e.is_form
FROM claimed
LEFT JOIN LATERAL (
    SELECT * FROM webhook_events o
    WHERE o.project_id = claimed.project_id AND o.entity = claimed.entity AND o.status IN ('pending', 'processing', 'failed')
      AND o.created_at >= claimed.oldest_at
    ORDER BY o.id LIMIT 50
) e ON true
ORDER BY e.id
