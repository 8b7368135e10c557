-- Keeps what events ask for as work that waits, each once, and says of each what became of it: a project that was deleted
-- meanwhile has no work any more. What a sync would find is looked for soon, once for all that comes in until then.
WITH events AS (
    SELECT * FROM jsonb_to_recordset(:#${body}::jsonb)
        AS e (id bigint, "projectId" bigint, "eventType" text, entity text, "traceId" text)
), kept AS (
    INSERT INTO github_pending_work (project_id, event_type, entity, event_id, trace_id)
    SELECT p.id, e."eventType", e.entity, e.id, e."traceId" FROM events e JOIN projects p ON p.id = e."projectId"
    ON CONFLICT (event_id) DO NOTHING
    RETURNING project_id, event_type
), soon AS (
    UPDATE sync_schedules s SET next_sync_at = least(s.next_sync_at, now() + interval '5 seconds')
    WHERE s.source = 'github' AND s.failures = 0
      AND s.project_id IN (SELECT project_id FROM kept WHERE github_sync_finds(event_type))
)
SELECT e.id, CASE WHEN p.id IS NULL THEN 'ignored' ELSE 'processed' END AS outcome
FROM events e LEFT JOIN projects p ON p.id = e."projectId"
