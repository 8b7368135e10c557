-- How many deliveries a replay by filter is about, and up to which.
SELECT count(*) AS count, max(id) AS last
FROM webhook_replayable(
    :#${variable.filter[status]}::text, :#${variable.filter[integrationType]}::text, :#${variable.filter[eventType]}::text,
    :#${variable.filter[from]}::timestamptz, :#${variable.filter[to]}::timestamptz)
