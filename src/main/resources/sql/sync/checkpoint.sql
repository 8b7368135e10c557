-- Notes a page that was stored in the same transaction: the counts of its stream and of its sync, and where to resume. A sync
-- without noted streams keeps the checkpoint itself.
WITH stream AS (
    UPDATE sync_stream_logs SET
        processed = processed + :#processed::integer,
        created = created + :#created::integer,
        updated = updated + :#updated::integer,
        unchanged = unchanged + :#unchanged::integer,
        deleted = deleted + :#deleted::integer,
        requests = requests + :#requests::integer,
        pages = pages + 1,
        answered = true,
        checkpoint = :#checkpoint::jsonb,
        checkpoint_at = CASE WHEN :#checkpoint::jsonb IS NOT NULL THEN now() END
    WHERE sync_id = :#${variable.syncId}::bigint AND scope = :#scope AND stream = :#stream
    RETURNING concat_ws(' ', scope_name, stream) AS stream, pages, processed
)
UPDATE sync_logs l SET
    processed = l.processed + :#processed::integer,
    created = l.created + :#created::integer,
    updated = l.updated + :#updated::integer,
    unchanged = l.unchanged + :#unchanged::integer,
    deleted = l.deleted + :#deleted::integer,
    invalid = l.invalid + :#invalid::integer,
    pages = l.pages + 1,
    checkpoint = CASE WHEN stream.stream IS NULL THEN :#checkpoint::jsonb ELSE l.checkpoint END,
    expected = coalesce(:#expected::integer, l.expected),
    lease_until = now() + make_interval(secs => :#${bean:syncLeases?method=getLeaseSeconds}),
    waiting_until = NULL,
    state_text = CASE WHEN stream.stream IS NULL
        THEN 'stored page ' || (l.pages + 1) || ': ' || (l.processed + :#processed::integer)
            || coalesce(' of about ' || coalesce(:#expected::integer, l.expected), '') || ' tickets'
        ELSE stream.stream || ': stored page ' || stream.pages || ', ' || stream.processed || ' so far' END,
    estimated_completion_at = clock_timestamp() + (clock_timestamp() - l.started_at)
        * greatest(0, coalesce(:#expected::integer, l.expected) - l.processed - :#processed::integer)
        / nullif(l.processed + :#processed::integer, 0)
FROM (SELECT 1) AS one LEFT JOIN stream ON true
WHERE l.id = :#${variable.syncId}::bigint
RETURNING l.cancel_requested AS cancelled
