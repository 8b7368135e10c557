-- Forgets a batch of deliveries whose event has gone with its time. Ids grow with time: all below the first one that is
-- kept are old, and only those that were kept for another reason still have their event.
WITH turn AS MATERIALIZED (
    SELECT pg_try_advisory_xact_lock(hashtext('webhook_upkeep')) AS mine
), kept AS MATERIALIZED (
    SELECT min(id) AS id FROM webhook_events
    WHERE created_at >= webhook_kept_since(:#${properties:platform.webhooks.retention-days}::integer)
), expired AS MATERIALIZED (
    SELECT d.event_id FROM webhook_deliveries d
    WHERE (SELECT mine FROM turn) AND d.event_id < coalesce((SELECT id FROM kept), 9223372036854775807)
      AND NOT EXISTS (
          SELECT FROM webhook_events e
          WHERE e.id = d.event_id
            AND e.created_at < webhook_kept_since(:#${properties:platform.webhooks.retention-days}::integer))
    LIMIT 5000
), deleted AS (
    DELETE FROM webhook_deliveries d USING expired x WHERE d.event_id = x.event_id
    RETURNING 1
)
SELECT count(*) FROM deleted
