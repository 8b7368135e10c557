-- Sets a delivery to be applied once more, and says who did it.
WITH replayed AS MATERIALIZED (
    SELECT event_id, former
    FROM webhook_replay(ARRAY[:#${variable.event[id]}::bigint], ARRAY[:#${variable.event[created_at]}::timestamptz])
), audited AS (
    INSERT INTO audit_log (actor, action, target, address, before, after)
    SELECT :#${header.PlatformActor}, 'webhook-event.replay', 'webhook-event/' || event_id, :#${header.PlatformAddress},
           jsonb_build_object('status', former), jsonb_build_object('status', 'pending')
    FROM replayed
)
SELECT count(*) AS replayed FROM replayed
