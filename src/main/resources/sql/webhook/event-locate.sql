-- Where a delivery is, so that what follows looks into one partition only, and why it cannot be replayed where it cannot.
SELECT e.id, e.created_at::text AS created_at, e.status,
       CASE WHEN e.project_id IS NULL THEN 'belongs to no project'
            WHEN NOT EXISTS (SELECT FROM projects p WHERE p.id = e.project_id) THEN 'belongs to a project that was deleted'
            WHEN e.status = 'pending' THEN 'waits to be processed already'
            ELSE 'is being processed just now' END AS refusal
FROM webhook_events e
WHERE e.id = :#${header.eventId}::bigint
