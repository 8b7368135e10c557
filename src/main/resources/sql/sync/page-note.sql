-- Notes a page that was stored in the same transaction: the counts of the stream and of its sync, and where to go on.
WITH stream AS (
    UPDATE sync_stream_logs SET
        processed = processed + :#${variable.stored[processed]}::integer,
        created = created + :#${variable.stored[created]}::integer,
        updated = updated + :#${variable.stored[updated]}::integer,
        unchanged = unchanged + :#${variable.stored[unchanged]}::integer,
        deleted = deleted + coalesce(:#${variable.stored[deleted]}::integer, 0),
        requests = requests + :#${variable.asked}::integer,
        pages = pages + 1,
        answered = true,
        checkpoint = :#${variable.checkpoint}::jsonb,
        checkpoint_at = CASE WHEN :#${variable.checkpoint}::jsonb IS NOT NULL THEN now() END
    WHERE sync_id = :#${variable.syncId}::bigint AND scope = :#${variable.scope} AND stream = :#${variable.stream}
    RETURNING concat_ws(' ', scope_name, stream) AS stream, pages, processed
)
UPDATE sync_logs l SET
    processed = l.processed + :#${variable.stored[processed]}::integer,
    created = l.created + :#${variable.stored[created]}::integer,
    updated = l.updated + :#${variable.stored[updated]}::integer,
    unchanged = l.unchanged + :#${variable.stored[unchanged]}::integer,
    deleted = l.deleted + coalesce(:#${variable.stored[deleted]}::integer, 0),
    pages = l.pages + 1,
    lease_until = now() + make_interval(secs => :#${bean:syncLeases?method=getLeaseSeconds}),
    state_text = stream.stream || ': stored page ' || stream.pages || ', ' || stream.processed || ' so far'
FROM stream
WHERE l.id = :#${variable.syncId}::bigint
RETURNING l.cancel_requested AS cancelled
