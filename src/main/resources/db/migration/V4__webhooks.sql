-- Webhooks: what came in, byte for byte, the queue of what is to be done, and the counters.

DROP TABLE webhook_events;

CREATE SEQUENCE webhook_event_ids CACHE 50;

-- One row a delivery. A day a partition: old ones are dropped whole. What is asked of many rows is in the counters.
CREATE TABLE webhook_events (
    id               bigint      NOT NULL DEFAULT nextval('webhook_event_ids'),
    integration_type text        NOT NULL CHECK (integration_type IN ('jira', 'github')),
    -- No foreign key: checking it would lock the project's row for every delivery. Absent where it belongs to nobody.
    project_id       bigint,
    event_type       text        NOT NULL,
    action           text,
    delivery_id      text        NOT NULL,
    -- What the event is about; events of one entity are applied in order.
    entity           text        NOT NULL,
    -- The body as it came, as one LZ4 block (docs/adr/0008), and whether it is a form around the JSON.
    payload          bytea       NOT NULL,
    payload_length   integer     NOT NULL,
    is_form          boolean     NOT NULL DEFAULT false,
    signature        text,
    secret_id        bigint,
    trace_id         text        NOT NULL,
    -- processing is pending with a leased row in webhook_queue: it costs no write of its own.
    status           text        NOT NULL DEFAULT 'pending'
        CHECK (status IN ('pending', 'processing', 'processed', 'failed', 'dead', 'ignored')),
    attempts         integer     NOT NULL DEFAULT 0,
    next_attempt_at  timestamptz,
    error_message    text,
    created_at       timestamptz NOT NULL DEFAULT now(),
    processed_at     timestamptz,
    PRIMARY KEY (id, created_at)
) PARTITION BY RANGE (created_at);

ALTER SEQUENCE webhook_event_ids OWNED BY webhook_events.id;
ALTER TABLE webhook_events ALTER COLUMN payload SET STORAGE EXTERNAL;

CREATE INDEX webhook_events_open ON webhook_events (project_id, entity, id) WHERE status IN ('pending', 'processing', 'failed');
CREATE INDEX webhook_events_unhappy ON webhook_events (status, id) WHERE status IN ('failed', 'dead');
CREATE INDEX webhook_events_type ON webhook_events (event_type, id);

CREATE TABLE webhook_events_other PARTITION OF webhook_events DEFAULT;

-- Makes the partitions of today and the days to come that are missing.
CREATE FUNCTION webhook_partitions_ahead(days integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    day date;
    name text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('webhook_partitions_ahead'));
    FOR day IN SELECT (now() AT TIME ZONE 'UTC')::date + n FROM generate_series(0, days) n LOOP
        name := 'webhook_events_' || to_char(day, 'YYYYMMDD');
        IF to_regclass(name) IS NULL THEN
            EXECUTE format('CREATE TABLE %I PARTITION OF webhook_events FOR VALUES FROM (%L) TO (%L)', name,
                           day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC');
        END IF;
    END LOOP;
END
$$;

SELECT webhook_partitions_ahead(7);

-- What makes a delivery one that was here already: its id, and the signature, which only its very bytes have. So a
-- body that was overheard and sent again under another id is the same delivery. project_id is 0 where it has none.
CREATE TABLE webhook_deliveries (
    event_id         bigint PRIMARY KEY,
    integration_type text   NOT NULL,
    project_id       bigint NOT NULL,
    delivery_id      text   NOT NULL,
    signature        bytea  NOT NULL,
    CONSTRAINT webhook_deliveries_id UNIQUE (project_id, integration_type, delivery_id),
    CONSTRAINT webhook_deliveries_signature UNIQUE (project_id, signature)
);

-- The entities that have events to be applied; who holds the lease of one applies them.
CREATE TABLE webhook_queue (
    project_id       bigint      NOT NULL,
    entity           text        NOT NULL,
    integration_type text        NOT NULL,
    -- apply: what the events bring is enough; fetch: the other system has to be asked.
    lane             text        NOT NULL CHECK (lane IN ('apply', 'fetch')),
    -- infinity: nothing to do, or somebody is at it; what comes in meanwhile sets it anew.
    due_at           timestamptz NOT NULL,
    -- Where an event has failed, the later ones wait behind it.
    parked_until     timestamptz,
    -- No open event of the entity is older.
    oldest_at        timestamptz NOT NULL,
    owner            text,
    lease_until      timestamptz,
    PRIMARY KEY (project_id, entity)
) WITH (fillfactor = 70);

CREATE INDEX webhook_queue_due ON webhook_queue (lane, due_at) WHERE owner IS NULL;
CREATE INDEX webhook_queue_leased ON webhook_queue (owner) WHERE owner IS NOT NULL;

-- Counted in the statements that change states, one row an hour and writer: never counted out of webhook_events.
CREATE TABLE webhook_counters (
    integration_type text        NOT NULL,
    hour             timestamptz NOT NULL,
    slot             integer     NOT NULL,
    received         bigint      NOT NULL DEFAULT 0,
    duplicates       bigint      NOT NULL DEFAULT 0,
    processed        bigint      NOT NULL DEFAULT 0,
    ignored          bigint      NOT NULL DEFAULT 0,
    dead             bigint      NOT NULL DEFAULT 0,
    -- Steps up and down; their sum is what is open now, and how much of it waits for another attempt.
    open             bigint      NOT NULL DEFAULT 0,
    failed           bigint      NOT NULL DEFAULT 0,
    last_received_at timestamptz,
    -- How long deliveries took from their arrival to their end: counts below 2^n ms (n from 0), the last one all others.
    timing           bigint[]    NOT NULL DEFAULT array_fill(0::bigint, ARRAY[24]),
    PRIMARY KEY (integration_type, hour, slot)
) WITH (fillfactor = 50);

-- Adds what a writer has counted to its row of this hour.
CREATE FUNCTION webhook_count(
    integration text, writer integer, received bigint, duplicates bigint, processed bigint, ignored bigint, dead bigint,
    open bigint, failed bigint, timing bigint[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO webhook_counters AS c (integration_type, hour, slot, received, duplicates, processed, ignored, dead,
                                       open, failed, last_received_at, timing)
    VALUES ($1, date_trunc('hour', now(), 'UTC'), $2, $3, $4, $5, $6, $7, $8, $9, CASE WHEN $3 > 0 THEN now() END,
            coalesce($10, array_fill(0::bigint, ARRAY[24])))
    ON CONFLICT (integration_type, hour, slot) DO UPDATE SET
        received = c.received + excluded.received, duplicates = c.duplicates + excluded.duplicates,
        processed = c.processed + excluded.processed, ignored = c.ignored + excluded.ignored,
        dead = c.dead + excluded.dead, open = c.open + excluded.open, failed = c.failed + excluded.failed,
        last_received_at = coalesce(excluded.last_received_at, c.last_received_at),
        timing = CASE WHEN $10 IS NULL THEN c.timing ELSE ARRAY(
            SELECT a + b FROM unnest(c.timing, excluded.timing) WITH ORDINALITY AS t (a, b, n) ORDER BY n) END
$$;

-- Tells every instance, when the transaction commits: who listens is told, nobody asks.
CREATE FUNCTION live(message jsonb) RETURNS void LANGUAGE sql AS $$
    SELECT pg_notify('platform_live', message::text)
$$;

-- Webhook secrets are kept opened in memory; every instance forgets them when they change.
CREATE FUNCTION webhook_secrets_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('platform_secrets', '');
    RETURN NULL;
END
$$;

CREATE TRIGGER webhook_secrets_changed AFTER INSERT OR UPDATE OR DELETE ON integration_secrets
    FOR EACH STATEMENT EXECUTE FUNCTION webhook_secrets_changed();
CREATE TRIGGER webhook_secrets_changed AFTER INSERT OR UPDATE OF config_data, is_active OR DELETE ON integration_configs
    FOR EACH STATEMENT EXECUTE FUNCTION webhook_secrets_changed();

-- What Jira's webhooks said of an issue's changes; the kept payload has what its API said.
CREATE TABLE jira_ticket_changes (
    ticket_id bigint      NOT NULL REFERENCES jira_tickets (id) ON DELETE CASCADE,
    change_id text        NOT NULL,
    item      integer     NOT NULL,
    at        timestamptz NOT NULL,
    author    text,
    field     text        NOT NULL,
    from_text text,
    to_text   text,
    trace_id  text,
    PRIMARY KEY (ticket_id, change_id, item)
);

-- The delivery that wrote a row last, where it was a webhook's.
ALTER TABLE jira_tickets ADD COLUMN trace_id text;

-- What a GitHub event asks for and nothing does yet: kept for the collectors of its type.
CREATE TABLE github_pending_work (
    project_id bigint      NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    event_type text        NOT NULL,
    entity     text        NOT NULL,
    event_id   bigint      PRIMARY KEY,
    trace_id   text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX github_pending_work_type ON github_pending_work (project_id, event_type, event_id);
