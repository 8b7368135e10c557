-- Lets a sync wait for a rate limit: it stays running, but nobody holds it; the watch resumes it when the time has come.
-- One that somebody wants to stop need not wait for that.
UPDATE sync_logs SET
    owner = NULL, lease_until = NULL,
    status = CASE WHEN cancel_requested THEN 'cancelled' ELSE status END,
    completed_at = CASE WHEN cancel_requested THEN clock_timestamp() END,
    waiting_until = CASE WHEN NOT cancel_requested THEN :#${variable.cause.until.toString}::timestamptz END,
    state_text = CASE WHEN cancel_requested THEN 'cancelled'
        ELSE :#${variable.cause.message} || '; waiting until ' || to_char((:#${variable.cause.until.toString}::timestamptz
            + interval '999 ms') AT TIME ZONE 'UTC',
            CASE WHEN :#${variable.cause.until.toString}::timestamptz > now() + interval '12 hours' THEN 'YYYY-MM-DD ' ELSE '' END || 'HH24:MI:SS') || ' UTC' END
WHERE id = :#${variable.syncId}::bigint AND status = 'running' AND owner = :#${bean:syncLeases?method=getOwner}
RETURNING CASE WHEN status = 'running' THEN publish_sync_progress(sync_logs) ELSE publish_sync_end(sync_logs) END AS published
