-- Connections to other systems, their secrets and their health.

CREATE TABLE integration_configs (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id       bigint      NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    integration_type text        NOT NULL,
    config_data      jsonb       NOT NULL,
    is_active        boolean     NOT NULL DEFAULT true,
    last_tested      timestamptz,
    test_status      text,
    created_at       timestamptz NOT NULL DEFAULT now(),
    updated_at       timestamptz NOT NULL DEFAULT now(),
    UNIQUE (project_id, integration_type)
);

-- Apart from config_data so that nothing that reads a configuration can show one. key_id names the data key.
CREATE TABLE integration_secrets (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    config_id   bigint      NOT NULL REFERENCES integration_configs (id) ON DELETE CASCADE,
    name        text        NOT NULL,
    key_id      bigint      NOT NULL REFERENCES encryption_keys (id),
    ciphertext  bytea       NOT NULL,
    valid_until timestamptz,
    created_at  timestamptz NOT NULL DEFAULT now()
);

-- One secret of a name is current; a former webhook secret stays beside it until valid_until.
CREATE UNIQUE INDEX integration_secrets_current ON integration_secrets (config_id, name) WHERE valid_until IS NULL;
CREATE INDEX integration_secrets_key ON integration_secrets (key_id);

-- A secret sealed just before its key was destroyed must not come in just after: nobody could open it again. The lock
-- makes the destruction wait for writers under way, the error (a serialization failure) asks the writer to seal anew.
CREATE FUNCTION integration_secrets_key_lives() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM encryption_keys WHERE id = NEW.key_id AND state <> 'destroyed' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'data key % is destroyed, seal the secret again', NEW.key_id USING ERRCODE = '40001';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER integration_secrets_key_lives BEFORE INSERT OR UPDATE OF key_id, ciphertext ON integration_secrets
    FOR EACH ROW EXECUTE FUNCTION integration_secrets_key_lives();

-- What the background probe and every real call found, one row a connection.
CREATE TABLE connection_health (
    config_id    bigint PRIMARY KEY REFERENCES integration_configs (id) ON DELETE CASCADE,
    status       text        NOT NULL CHECK (status IN ('UNKNOWN', 'UP', 'DEGRADED', 'DOWN')),
    last_tested  timestamptz,
    last_success timestamptz,
    latency_ms   integer,
    error        text,
    next_probe   timestamptz NOT NULL DEFAULT now(),
    rate_limit   jsonb
);

CREATE TABLE connection_probes (
    config_id  bigint      NOT NULL REFERENCES integration_configs (id) ON DELETE CASCADE,
    at         timestamptz NOT NULL DEFAULT now(),
    ok         boolean     NOT NULL,
    latency_ms integer,
    PRIMARY KEY (config_id, at)
);

CREATE TABLE webhook_events (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    integration_type text        NOT NULL,
    event_type       text        NOT NULL,
    delivery_id      text,
    payload          jsonb       NOT NULL,
    signature        text,
    processed_at     timestamptz,
    status           text        NOT NULL DEFAULT 'pending',
    attempts         integer     NOT NULL DEFAULT 0,
    next_attempt_at  timestamptz,
    error_message    text,
    created_at       timestamptz NOT NULL DEFAULT now(),
    UNIQUE (integration_type, delivery_id)
);
