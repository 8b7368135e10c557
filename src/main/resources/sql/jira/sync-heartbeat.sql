-- Says that this process lives: the leases of all syncs that it runs go on.
UPDATE jira_sync_logs SET lease_until = now() + make_interval(secs => :#${bean:syncRuns?method=getLeaseSeconds})
WHERE status = 'running' AND owner = :#${bean:syncRuns?method=getOwner}
