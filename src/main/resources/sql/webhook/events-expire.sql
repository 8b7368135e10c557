-- Deletes a batch of deliveries that are done and past their time, on days that are kept for others.
WITH turn AS MATERIALIZED (
    SELECT pg_try_advisory_xact_lock(hashtext('webhook_upkeep')) AS mine
), expired AS MATERIALIZED (
    SELECT e.id, e.created_at FROM webhook_events e
    WHERE (SELECT mine FROM turn) AND e.status IN ('processed', 'ignored')
      AND e.created_at < webhook_kept_since(:#${properties:platform.webhooks.retention-days}::integer)
    LIMIT 5000 FOR UPDATE SKIP LOCKED
), deleted AS (
    DELETE FROM webhook_events e USING expired x WHERE e.id = x.id AND e.created_at = x.created_at
    RETURNING 1
)
SELECT count(*) FROM deleted
