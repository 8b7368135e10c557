-- Says in words what a sync is doing.
UPDATE jira_sync_logs SET state_text = :#${variable.stateText}
WHERE id = :#${variable.syncId}::bigint AND status = 'running' AND owner = :#${bean:syncRuns?method=getOwner}
