-- The event of a delivery that was here before. One that its sender sends again after it became a dead letter is applied
-- once more, with all its attempts; it was counted as a duplicate and is none.
WITH asked AS (
    SELECT ?::bigint AS project_id, ?::text AS integration_type, ?::text AS delivery_id, ?::bytea AS signature, ?::integer AS slot
), found AS MATERIALIZED (
    SELECT d.event_id, d.integration_type = asked.integration_type AND d.delivery_id = asked.delivery_id AS same_id
    FROM asked JOIN webhook_deliveries d ON d.project_id = asked.project_id
         AND ((d.integration_type = asked.integration_type AND d.delivery_id = asked.delivery_id) OR d.signature = asked.signature)
    ORDER BY d.event_id LIMIT 1
), revived AS MATERIALIZED (
    SELECT r.event_id
    FROM found JOIN webhook_events e ON e.id = found.event_id AND e.status = 'dead',
         webhook_replay(ARRAY[e.id], ARRAY[e.created_at]) r
    WHERE found.same_id
), counted AS MATERIALIZED (
    SELECT webhook_count(asked.integration_type, asked.slot, 0, -1, 0, 0, 0, 0, 0, NULL) FROM asked, revived
)
SELECT found.event_id, EXISTS (SELECT FROM revived) AS revived, (SELECT count(*) FROM counted) AS counted FROM found
