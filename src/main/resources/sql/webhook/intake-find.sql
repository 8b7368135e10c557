-- The event of a delivery that was here before.
SELECT event_id FROM webhook_deliveries
WHERE project_id = ? AND ((integration_type = ? AND delivery_id = ?) OR signature = ?)
ORDER BY event_id LIMIT 1
