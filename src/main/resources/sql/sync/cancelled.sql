-- Ends a sync that somebody cancelled.
UPDATE sync_logs SET
    status = 'cancelled', state_text = 'cancelled', completed_at = clock_timestamp(), owner = NULL, lease_until = NULL,
    waiting_until = NULL, estimated_completion_at = NULL
WHERE id = :#${variable.syncId}::bigint AND status = 'running' AND owner = :#${bean:syncLeases?method=getOwner}
RETURNING publish_sync_end(sync_logs) AS published
