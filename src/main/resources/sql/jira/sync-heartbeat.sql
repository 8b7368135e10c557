-- Says that this process lives: the leases of all syncs that it runs go on. Only of those that it knows to run: one
-- whose end could not be written down is left to be found. What has moved since the last time is told to the live updates.
UPDATE jira_sync_logs l SET
    lease_until = now() + make_interval(secs => :#${bean:syncRuns?method=getLeaseSeconds}),
    progress_told = jira_sync_progress(l)
FROM jira_sync_logs before
WHERE before.id = l.id
  AND l.status = 'running' AND l.owner = :#${bean:syncRuns?method=getOwner}
  AND l.id = ANY (:#${bean:syncRuns?method=getRunning}::bigint[])
RETURNING CASE WHEN before.progress_told IS DISTINCT FROM l.progress_told
    THEN live(jira_sync_message('sync_progress', l))::text END AS told
