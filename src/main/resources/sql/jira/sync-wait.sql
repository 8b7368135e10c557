-- Lets a sync wait for a rate limit: it stays running, but nobody holds it; the watch resumes it when the time has come.
UPDATE jira_sync_logs SET
    owner = NULL, lease_until = NULL,
    waiting_until = to_timestamp(:#${exception.until.epochSecond}),
    state_text = :#${exception.message} || '; waiting until ' || to_char(to_timestamp(:#${exception.until.epochSecond})
        AT TIME ZONE 'UTC', 'HH24:MI:SS') || ' UTC'
WHERE id = :#${variable.syncId}::bigint AND status = 'running' AND owner = :#${bean:syncRuns?method=getOwner}
