-- Says that this process lives: the leases of all syncs that it runs go on. Only of those that it knows to run: one
-- whose end could not be written down is left to be found.
UPDATE jira_sync_logs SET lease_until = now() + make_interval(secs => :#${bean:syncRuns?method=getLeaseSeconds})
WHERE status = 'running' AND owner = :#${bean:syncRuns?method=getOwner}
  AND id = ANY (:#${bean:syncRuns?method=getRunning}::bigint[])
