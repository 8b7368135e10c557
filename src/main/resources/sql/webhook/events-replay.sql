-- Replays the next few hundred deliveries of a filter: few, since new ones of their entities wait meanwhile.
WITH next AS MATERIALIZED (
    SELECT id, created_at
    FROM webhook_replayable(
        :#${variable.filter[status]}::text, :#${variable.filter[integrationType]}::text,
        :#${variable.filter[eventType]}::text, :#${variable.filter[from]}::timestamptz,
        :#${variable.filter[to]}::timestamptz)
    WHERE id > :#${variable.after}::bigint AND id <= :#${variable.found[last]}::bigint
    ORDER BY id LIMIT 500
), replayed AS MATERIALIZED (
    SELECT event_id
    FROM webhook_replay((SELECT array_agg(id ORDER BY id) FROM next), (SELECT array_agg(created_at ORDER BY id) FROM next))
)
SELECT (SELECT max(id) FROM next) AS last, :#${variable.replayed}::bigint + (SELECT count(*) FROM replayed) AS replayed
