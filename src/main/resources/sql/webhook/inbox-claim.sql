-- Claims the entities of a lane that are due, nobody else gets them meanwhile, and says how many they are.
WITH due AS MATERIALIZED (
    SELECT project_id, entity FROM webhook_queue
    WHERE lane = :#${variable.lane} AND due_at <= now() AND owner IS NULL
    ORDER BY due_at LIMIT :#${properties:platform.webhooks.batch-size}::integer
    FOR UPDATE SKIP LOCKED
), claimed AS (
    UPDATE webhook_queue q SET
        owner = :#${variable.owner}, due_at = 'infinity', parked_until = NULL,
        lease_until = now() + make_interval(secs => :#${bean:webhookInbox?method=getLeaseSeconds}::double precision)
    FROM due
    WHERE q.project_id = due.project_id AND q.entity = due.entity
    RETURNING 1
)
SELECT count(*)::integer FROM claimed
