-- The deliveries by the documented filters, newest first. One that waits is processing while a worker has its entity.
-- sort: -createdAt = e.id :: bigint not null
-- tie: e.id
SELECT /*item*/ json_strip_nulls(json_build_object(
    'id', e.id, 'integrationType', e.integration_type, 'eventType', e.event_type, 'action', e.action,
    'deliveryId', e.delivery_id, 'projectId', e.project_id, 'entity', e.entity,
    'status', CASE WHEN q.entity IS NULL THEN e.status ELSE 'processing' END, 'attempts', e.attempts,
    'errorMessage', e.error_message, 'traceId', e.trace_id, 'createdAt', iso(e.created_at),
    'processedAt', iso(e.processed_at), 'reason', webhook_ignored_because(e.status, e.project_id, e.error_message), 'nextAttemptAt', iso(e.next_attempt_at))) AS item
FROM webhook_events e
LEFT JOIN webhook_queue q
       ON e.status = 'pending' AND q.project_id = e.project_id AND q.entity = e.entity AND q.lease_until > now()
WHERE true
  /*status*/ AND e.status = CASE :status WHEN 'processing' THEN 'pending' ELSE :status END
  /*status*/ AND (:status NOT IN ('pending', 'processing') OR (:status = 'processing') = EXISTS (
      SELECT FROM webhook_queue q WHERE q.project_id = e.project_id AND q.entity = e.entity AND q.lease_until > now()))
  /*integrationType*/ AND e.integration_type = :integrationType
  /*eventType*/ AND e.event_type = :eventType
  /*projectId*/ AND e.project_id = :projectId
