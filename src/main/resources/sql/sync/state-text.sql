-- Says in words what a sync is doing.
UPDATE sync_logs SET state_text = :#${variable.stateText}
WHERE id = :#${variable.syncId}::bigint AND status = 'running' AND owner = :#${bean:syncLeases?method=getOwner}
