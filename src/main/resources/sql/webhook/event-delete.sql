-- Deletes a dead delivery. What knows it as delivered goes too, so that its sender can deliver it once more.
WITH deleted AS (
    DELETE FROM webhook_events
    WHERE id = :#${variable.event[id]}::bigint AND created_at = :#${variable.event[created_at]}::timestamptz AND status = 'dead'
    RETURNING *
), forgotten AS (
    DELETE FROM webhook_deliveries d USING deleted WHERE d.event_id = deleted.id
), counted AS MATERIALIZED (
    SELECT webhook_count(integration_type, -1, 0, 0, 0, 0, -1, 0, 0, NULL) FROM deleted
), audited AS (
    INSERT INTO audit_log (actor, action, target, address, before)
    SELECT :#${header.PlatformActor}, 'webhook-event.delete', 'webhook-event/' || id, :#${header.PlatformAddress},
           jsonb_strip_nulls(jsonb_build_object(
               'integrationType', integration_type, 'eventType', event_type, 'deliveryId', delivery_id,
               'projectId', project_id, 'entity', entity, 'attempts', attempts, 'errorMessage', error_message))
    FROM deleted
)
SELECT count(*) AS deleted FROM counted
