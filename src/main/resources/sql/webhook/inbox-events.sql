-- The open events of the entities that a batch has claimed, in order. What is stored after the claim makes its entity due
-- again; what was stored before is seen here, so that nothing falls in between.
SELECT q.project_id, q.entity, e.id, extract(epoch FROM e.created_at)::numeric::text AS created_at,
       e.integration_type, e.event_type, e.action, e.trace_id, e.status, e.attempts, e.payload, e.payload_length, e.is_form
FROM webhook_queue q
LEFT JOIN LATERAL (
    SELECT * FROM webhook_events o
    WHERE o.project_id = q.project_id AND o.entity = q.entity AND o.status IN ('pending', 'processing', 'failed')
      AND o.created_at >= q.oldest_at
    ORDER BY o.id LIMIT 50
) e ON true
WHERE q.owner = :#${variable.owner}
ORDER BY e.id
