-- Keeps this instance's leases alive, gives back those of instances that died, and says what is due.
WITH alive AS (
    UPDATE webhook_queue SET
        lease_until = now() + make_interval(secs => :#${bean:webhookInbox?method=getLeaseSeconds}::double precision)
    WHERE owner = ANY (:#${bean:webhookInstance?method=getBusy}::text[])
), orphaned AS (
    UPDATE webhook_queue SET owner = NULL, lease_until = NULL, due_at = now()
    WHERE owner IS NOT NULL AND lease_until < now() AND owner <> ALL (:#${bean:webhookInstance?method=getBusy}::text[])
    RETURNING 1
)
SELECT (SELECT count(*) FROM orphaned)::integer AS orphaned,
       (SELECT count(*) FROM orphaned) > 0
           OR EXISTS (SELECT FROM webhook_queue WHERE due_at <= now() AND owner IS NULL) AS due
