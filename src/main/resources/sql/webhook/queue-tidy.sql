-- Removes entities from the queue that have had nothing to do for a while; what comes in puts them back.
DELETE FROM webhook_queue
WHERE due_at = 'infinity' AND owner IS NULL AND (oldest_at = 'infinity' OR oldest_at < now() - interval '1 hour')
