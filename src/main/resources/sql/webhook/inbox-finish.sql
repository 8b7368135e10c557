-- Writes down what became of a batch's events, gives its entities back, counts, and tells who follows live; all or none.
-- Whose lease was taken over meanwhile writes nothing.
WITH released AS (
    UPDATE webhook_queue q SET
        owner = NULL, lease_until = NULL,
        parked_until = CASE WHEN r.parked THEN to_timestamp(r.due) END,
        lane = coalesce(r.lane, q.lane),
        due_at = CASE WHEN r.parked THEN to_timestamp(r.due)
                      WHEN r.due IS NULL THEN q.due_at
                      ELSE least(q.due_at, to_timestamp(r.due)) END,
        -- What came in meanwhile began before the claim at the earliest by so much; what was replayed may be older.
        oldest_at = CASE WHEN r.due IS NULL AND q.due_at = 'infinity' THEN greatest(q.oldest_at, now() - interval '1 hour') ELSE q.oldest_at END
    FROM unnest(:#projectIds::bigint[], :#entities::text[], :#lanes::text[], :#dues::double precision[], :#parked::boolean[])
        AS r (project_id, entity, lane, due, parked)
    WHERE q.project_id = r.project_id AND q.entity = r.entity AND q.owner = :#owner
    RETURNING q.project_id, q.entity, q.lane, q.due_at
), done AS (
    UPDATE webhook_events e SET
        status = d.status, error_message = d.error, attempts = e.attempts + d.attempted,
        next_attempt_at = to_timestamp(d.next),
        processed_at = CASE WHEN d.status IN ('processed', 'ignored', 'dead') THEN clock_timestamp() END
    FROM unnest(:#ids::bigint[], :#createdAts::text[], :#statuses::text[], :#errors::text[], :#attempted::integer[],
                :#nexts::double precision[], :#formers::text[]) AS d (id, created_at, status, error, attempted, next, former)
    WHERE e.id = d.id AND e.created_at = to_timestamp(d.created_at::double precision)
      AND e.status IN ('pending', 'processing', 'failed')
      AND EXISTS (SELECT FROM released WHERE released.project_id = e.project_id AND released.entity = e.entity)
    RETURNING e.id, e.integration_type, e.status, d.former,
              least(23, greatest(0, ceil(ln(greatest(1, extract(epoch FROM clock_timestamp() - e.created_at) * 1000)) / ln(2))))
                  ::integer AS bucket
), counted AS MATERIALIZED (
    SELECT webhook_count(
        done.integration_type, :#slot::integer, 0, 0,
        count(*) FILTER (WHERE status = 'processed'), count(*) FILTER (WHERE status = 'ignored'),
        count(*) FILTER (WHERE status = 'dead'),
        -count(*) FILTER (WHERE status IN ('processed', 'ignored', 'dead')),
        count(*) FILTER (WHERE status = 'failed' AND former <> 'failed')
            - count(*) FILTER (WHERE status <> 'failed' AND former = 'failed'),
        ARRAY(SELECT count(t.bucket) FROM generate_series(0, 23) n
              LEFT JOIN done t ON t.bucket = n AND t.integration_type = done.integration_type AND t.status = 'processed'
              GROUP BY n ORDER BY n))
    FROM done GROUP BY done.integration_type
), published AS MATERIALIZED (
    SELECT publish(message::jsonb) FROM unnest(:#messages::text[], :#messageIds::bigint[]) AS m (message, id)
    WHERE m.id IN (SELECT id FROM done)
)
SELECT (SELECT count(*) FROM done)::integer AS done, (SELECT count(*) FROM counted) AS counted,
       (SELECT count(*) FROM published) AS published,
       (SELECT extract(epoch FROM min(due_at)) FROM released WHERE lane = 'apply' AND due_at <> 'infinity')::double precision
           AS next_apply,
       (SELECT extract(epoch FROM min(due_at)) FROM released WHERE lane = 'fetch' AND due_at <> 'infinity')::double precision
           AS next_fetch
