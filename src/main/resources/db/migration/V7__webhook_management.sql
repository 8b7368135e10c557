-- Webhooks after their arrival: replays, and what is given up with time.

-- Ids in the order of arrival, for lists and within an entity: what connections keep in stock is in no order.
ALTER SEQUENCE webhook_event_ids CACHE 1;

-- The few among the many, for lists by status.
CREATE INDEX webhook_events_ignored ON webhook_events (id) WHERE status = 'ignored';

-- The events of one status that a replay by filter is about; only such as belong to a project that is there.
CREATE FUNCTION webhook_replayable(status text, integration text, type text, since timestamptz, until timestamptz)
    RETURNS TABLE (id bigint, created_at timestamptz) LANGUAGE sql STABLE AS $$
    SELECT e.id, e.created_at FROM webhook_events e
    WHERE e.status = $1 AND e.project_id IN (SELECT p.id FROM projects p)
      AND ($2 IS NULL OR e.integration_type = $2) AND ($3 IS NULL OR e.event_type = $3)
      AND ($4 IS NULL OR e.created_at >= $4) AND ($5 IS NULL OR e.created_at <= $5)
$$;

-- Sets events to be applied once more as if they had just come, and gives those that it took with their former status.
-- It leaves out what waits already, what a worker is at, and what belongs to no project.
CREATE FUNCTION webhook_replay(ids bigint[], times timestamptz[]) RETURNS TABLE (event_id bigint, former text)
    LANGUAGE plpgsql AS $$
BEGIN
    -- Who holds an entity's row keeps workers away: none ends an event between the look at it and the change.
    PERFORM FROM webhook_queue q
    WHERE (q.project_id, q.entity) IN (
        SELECT e.project_id, e.entity FROM unnest(ids, times) AS asked (id, at)
        JOIN webhook_events e ON e.id = asked.id AND e.created_at = asked.at)
    ORDER BY q.project_id, q.entity FOR UPDATE;

    RETURN QUERY
    WITH target AS MATERIALIZED (
        SELECT e.id, e.created_at, e.status FROM unnest(ids, times) AS asked (id, at)
        JOIN webhook_events e ON e.id = asked.id AND e.created_at = asked.at
        JOIN projects p ON p.id = e.project_id
        LEFT JOIN webhook_queue q ON q.project_id = e.project_id AND q.entity = e.entity AND q.owner IS NOT NULL
        WHERE e.status IN ('processed', 'ignored', 'dead') OR (e.status = 'failed' AND q.entity IS NULL)
        FOR UPDATE OF e
    ), replayed AS (
        UPDATE webhook_events e SET
            status = 'pending', attempts = 0, error_message = NULL, next_attempt_at = NULL, processed_at = NULL
        FROM target t WHERE e.id = t.id AND e.created_at = t.created_at
        RETURNING e.id, e.created_at, e.project_id, e.entity, e.integration_type, t.status
    ), queued AS (
        INSERT INTO webhook_queue AS q (project_id, entity, integration_type, lane, due_at, oldest_at)
        SELECT r.project_id, r.entity, min(r.integration_type), 'apply', now(), min(r.created_at)
        FROM replayed r GROUP BY r.project_id, r.entity ORDER BY r.project_id, r.entity
        ON CONFLICT (project_id, entity) DO UPDATE SET
            lane = 'apply', due_at = now(), parked_until = NULL, oldest_at = least(q.oldest_at, excluded.oldest_at)
    ), counted AS MATERIALIZED (
        SELECT webhook_count(r.integration_type, -1, 0, 0,
                             -count(*) FILTER (WHERE r.status = 'processed'), -count(*) FILTER (WHERE r.status = 'ignored'),
                             -count(*) FILTER (WHERE r.status = 'dead'), count(*) FILTER (WHERE r.status <> 'failed'),
                             -count(*) FILTER (WHERE r.status = 'failed'), NULL)
        FROM replayed r GROUP BY r.integration_type
    ), told AS MATERIALIZED (
        SELECT pg_notify('webhook_inbox', '') WHERE EXISTS (SELECT FROM replayed)
    )
    SELECT r.id, r.status FROM replayed r WHERE (SELECT count(*) FROM counted) + (SELECT count(*) FROM told) > 0;
END
$$;

-- The first moment that is kept: whole days, so that a day's partition goes as one.
CREATE FUNCTION webhook_kept_since(days integer) RETURNS timestamptz LANGUAGE sql STABLE
RETURN date_trunc('day', now(), 'UTC') - make_interval(days => $1);

-- Drops one partition before that moment in which nothing waits and nothing is dead; gives its name, nothing where there
-- is none. New deliveries wait behind a lock on the whole table, so it gives up soon and comes again another time.
CREATE FUNCTION webhook_drop_expired(days integer) RETURNS text LANGUAGE plpgsql SET lock_timeout = '500ms' AS $$
DECLARE
    name text;
    needed boolean;
    is_needed constant text := 'SELECT EXISTS (SELECT FROM %I WHERE status IN (''pending'', ''processing'', ''failed'', ''dead''))';
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('webhook_upkeep')) THEN
        RETURN NULL;
    END IF;
    FOR name IN
        SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'webhook_events'::regclass
          AND CASE WHEN c.relname ~ '^webhook_events_\d{8}$' THEN to_date(right(c.relname, 8), 'YYYYMMDD') END
              < (webhook_kept_since(days) AT TIME ZONE 'UTC')::date
        ORDER BY c.relname
    LOOP
        EXECUTE format(is_needed, name) INTO needed;
        CONTINUE WHEN needed;
        BEGIN
            -- Keeps replays out; nothing else writes to it any more.
            EXECUTE format('LOCK TABLE %I IN SHARE ROW EXCLUSIVE MODE', name);
            EXECUTE format(is_needed, name) INTO needed;
            CONTINUE WHEN needed;
            EXECUTE format('DROP TABLE %I', name);
            RETURN name;
        EXCEPTION WHEN lock_not_available THEN
            RETURN NULL;
        END;
    END LOOP;
    RETURN NULL;
END
$$;

-- A day that came while its partition was missing has rows in the default partition, and can have none of its own any
-- more; the days after it can.
CREATE OR REPLACE FUNCTION webhook_partitions_ahead(days integer) RETURNS void LANGUAGE plpgsql
    SET lock_timeout = '2s' AS $$
DECLARE
    day date;
    name text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('webhook_partitions_ahead'));
    FOR day IN SELECT (now() AT TIME ZONE 'UTC')::date + n FROM generate_series(0, days) n LOOP
        name := 'webhook_events_' || to_char(day, 'YYYYMMDD');
        IF to_regclass(name) IS NULL THEN
            BEGIN
                EXECUTE format('CREATE TABLE %I PARTITION OF webhook_events FOR VALUES FROM (%L) TO (%L)', name,
                               day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC');
            EXCEPTION WHEN check_violation THEN
                RAISE WARNING 'webhook_events of % stay in the default partition', day;
            END;
        END IF;
    END LOOP;
END
$$;
