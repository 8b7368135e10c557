-- Says that this process lives: the leases of all syncs of a source that it runs go on. Only of those that it knows to run:
-- one whose end could not be written down is left to be found. Progress since the last time is sent to the live
-- updates.
UPDATE sync_logs l SET
    lease_until = now() + make_interval(secs => :#${bean:syncLeases?method=getLeaseSeconds}),
    progress_told = sync_progress(l)
FROM sync_logs before
WHERE before.id = l.id
  AND l.status = 'running' AND l.owner = :#${bean:syncLeases?method=getOwner} AND l.source = :#${variable.source}
  AND l.id = ANY (:#${bean:syncLeases?method=getRunning}::bigint[])
RETURNING CASE WHEN before.progress_told IS DISTINCT FROM l.progress_told
    THEN publish_sync_progress(l) END AS published
