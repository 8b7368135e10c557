-- Holds a sync while a page is stored; no row without the lease, and then nothing may be written.
SELECT id FROM sync_logs
WHERE id = :#${variable.syncId}::bigint AND status = 'running' AND owner = :#${bean:syncLeases?method=getOwner}
FOR UPDATE
