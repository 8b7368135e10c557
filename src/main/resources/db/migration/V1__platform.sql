-- Projects, people, what they may do and what they did.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- ISO-8601 in UTC with milliseconds and Z: the one form in which times leave the platform.
CREATE FUNCTION iso(timestamptz) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_char($1 AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');

CREATE TABLE projects (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key        text        NOT NULL UNIQUE,
    name       text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE users (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    username   text        NOT NULL UNIQUE,
    email      text,
    role       text        NOT NULL CHECK (role IN ('ADMIN', 'MANAGER', 'MEMBER', 'VIEWER')),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

-- Only the SHA-256 of a token is kept: a token is 256 random bits, so a slow hash would add nothing.
CREATE TABLE api_tokens (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id      bigint REFERENCES users (id) ON DELETE CASCADE,
    name         text        NOT NULL,
    role         text        NOT NULL CHECK (role IN ('ADMIN', 'MANAGER', 'MEMBER', 'VIEWER')),
    token_hash   bytea       NOT NULL UNIQUE,
    -- Where it comes from: made by the API, at the first start, or given as PLATFORM_ADMIN_TOKEN.
    origin       text        NOT NULL DEFAULT 'api' CHECK (origin IN ('api', 'bootstrap', 'environment')),
    created_at   timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz,
    last_used_at timestamptz
);

CREATE INDEX api_tokens_user ON api_tokens (user_id);
CREATE UNIQUE INDEX api_tokens_one_of_origin ON api_tokens (origin) WHERE origin <> 'api';

-- Whether somebody gets in as administrator without that token and without that user's tokens.
CREATE FUNCTION administrator_remains(without_token bigint, without_user bigint) RETURNS boolean LANGUAGE sql STABLE
RETURN EXISTS (
    SELECT FROM api_tokens t LEFT JOIN users u ON u.id = t.user_id
    WHERE t.role = 'ADMIN' AND coalesce(u.role, 'ADMIN') = 'ADMIN' AND (t.expires_at IS NULL OR t.expires_at > now())
      AND t.id IS DISTINCT FROM without_token AND (t.user_id IS NULL OR t.user_id IS DISTINCT FROM without_user));

CREATE TABLE audit_log (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      timestamptz NOT NULL DEFAULT now(),
    actor   text        NOT NULL,
    action  text        NOT NULL,
    target  text        NOT NULL,
    address text,
    before  jsonb,
    after   jsonb
);

CREATE INDEX audit_log_at ON audit_log (at);
CREATE INDEX audit_log_actor ON audit_log (actor, id);
CREATE INDEX audit_log_action ON audit_log (action, id);

-- Data keys, each a Tink keyset wrapped by the master key; a destroyed key keeps its row without its material.
CREATE TABLE encryption_keys (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    wrapped_keyset bytea,
    state          text        NOT NULL CHECK (state IN ('active', 'retiring', 'destroyed')),
    created_at     timestamptz NOT NULL DEFAULT now(),
    destroyed_at   timestamptz,
    CHECK ((state = 'destroyed') = (wrapped_keyset IS NULL))
);

CREATE UNIQUE INDEX encryption_keys_one_active ON encryption_keys (state) WHERE state = 'active';
