-- Jira's tickets as the platform keeps them, and the syncs that bring them.

CREATE TABLE jira_tickets (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id     bigint      NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    jira_id        bigint      NOT NULL,
    jira_key       text        NOT NULL,
    issue_type     text,
    summary        text        NOT NULL,
    description    text,
    priority       text,
    status         text        NOT NULL,
    assignee       text,
    assignee_id    text,
    reporter       text,
    reporter_id    text,
    labels         jsonb       NOT NULL DEFAULT '[]',
    components     jsonb       NOT NULL DEFAULT '[]',
    custom_fields  jsonb       NOT NULL DEFAULT '{}',
    created_date   timestamptz,
    updated_date   timestamptz,
    content_hash   varchar(64) NOT NULL,
    sync_status    text        NOT NULL DEFAULT 'synced'
        CHECK (sync_status IN ('synced', 'pending', 'conflict', 'deleted', 'failed')),
    deleted_at     timestamptz,
    deleted_reason text,
    last_synced    timestamptz NOT NULL DEFAULT now(),
    created_at     timestamptz NOT NULL DEFAULT now(),
    updated_at     timestamptz NOT NULL DEFAULT now(),
    -- Jira's issue id is the identity; the key changes when an issue moves.
    CONSTRAINT jira_tickets_identity UNIQUE (project_id, jira_id)
);

CREATE INDEX jira_tickets_key ON jira_tickets (project_id, jira_key);
CREATE INDEX jira_tickets_updated ON jira_tickets (project_id, updated_date, id);
CREATE INDEX jira_tickets_status ON jira_tickets (project_id, status);
CREATE INDEX jira_tickets_assignee ON jira_tickets (project_id, assignee);
CREATE INDEX jira_tickets_assignee_id ON jira_tickets (project_id, assignee_id);
CREATE INDEX jira_tickets_issue_type ON jira_tickets (project_id, issue_type);
CREATE INDEX jira_tickets_priority ON jira_tickets (project_id, priority);
CREATE INDEX jira_tickets_labels ON jira_tickets USING gin (labels jsonb_path_ops);
CREATE INDEX jira_tickets_not_synced ON jira_tickets (project_id, sync_status) WHERE sync_status <> 'synced';

-- The issue as Jira sent it, LZ4: kept so that a new mapping is replayed, not fetched again (docs/adr).
CREATE TABLE jira_ticket_payloads (
    ticket_id bigint  PRIMARY KEY REFERENCES jira_tickets (id) ON DELETE CASCADE,
    length    integer NOT NULL,
    payload   bytea   NOT NULL
);

-- It is compressed already; a second compression would only cost.
ALTER TABLE jira_ticket_payloads ALTER COLUMN payload SET STORAGE EXTERNAL;

-- Former keys of moved issues.
CREATE TABLE jira_ticket_keys (
    ticket_id  bigint      NOT NULL REFERENCES jira_tickets (id) ON DELETE CASCADE,
    project_id bigint      NOT NULL,
    jira_key   text        NOT NULL,
    valid_to   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project_id, jira_key, ticket_id)
);

CREATE INDEX jira_ticket_keys_ticket ON jira_ticket_keys (ticket_id);

-- Full text and trigrams, filled in the background: computing them while a page is stored would halve the sync.
-- A ticket without a row here, or with an old one, is searched by its text (sql/jira/ticket-list.sql).
CREATE TABLE jira_ticket_search (
    ticket_id    bigint      PRIMARY KEY REFERENCES jira_tickets (id) ON DELETE CASCADE,
    project_id   bigint      NOT NULL,
    content_hash varchar(64) NOT NULL,
    text         text        NOT NULL,
    document     tsvector    NOT NULL
);

CREATE INDEX jira_ticket_search_document ON jira_ticket_search USING gin (document);
CREATE INDEX jira_ticket_search_text ON jira_ticket_search USING gin (text gin_trgm_ops);

-- Tickets whose search row is not up to date; a queue, so no key and no order.
CREATE TABLE jira_search_queue (
    ticket_id bigint NOT NULL
);

CREATE TABLE jira_sync_logs (
    id                      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id              bigint      NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    sync_type               text        NOT NULL
        CHECK (sync_type IN ('full', 'incremental', 'manual', 'scheduled', 'replay', 'webhook')),
    status                  text        NOT NULL DEFAULT 'running'
        CHECK (status IN ('running', 'completed', 'failed', 'cancelled')),
    tickets_processed       integer     NOT NULL DEFAULT 0,
    tickets_created         integer     NOT NULL DEFAULT 0,
    tickets_updated         integer     NOT NULL DEFAULT 0,
    tickets_unchanged       integer     NOT NULL DEFAULT 0,
    tickets_deleted         integer     NOT NULL DEFAULT 0,
    tickets_invalid         integer     NOT NULL DEFAULT 0,
    pages                   integer     NOT NULL DEFAULT 0,
    error_message           text,
    state_text              text        NOT NULL DEFAULT 'waiting to start',
    waiting_until           timestamptz,
    estimated_completion_at timestamptz,
    expected_tickets        integer,
    jira_count              integer,
    local_count             integer,
    warnings                jsonb       NOT NULL DEFAULT '[]',
    resumed_from            bigint,
    -- What the run does: the JQL it was asked for, whether it walks everything, whether it may delete many.
    requested_jql           text,
    purpose                 text CHECK (purpose IN ('census')),
    confirm_deletions       boolean     NOT NULL DEFAULT false,
    -- How far it is, saved with the rows of each page.
    checkpoint              jsonb       NOT NULL DEFAULT '{}',
    -- The instance that runs it, as long as it says so.
    owner                   text,
    lease_until             timestamptz,
    cancel_requested        boolean     NOT NULL DEFAULT false,
    started_at              timestamptz NOT NULL DEFAULT now(),
    completed_at            timestamptz,
    created_at              timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX jira_sync_logs_running ON jira_sync_logs (id) WHERE status = 'running';
CREATE INDEX jira_sync_logs_project ON jira_sync_logs (project_id, id);
-- One running sync a project, whatever the number of instances.
CREATE UNIQUE INDEX jira_sync_logs_one_running ON jira_sync_logs (project_id) WHERE status = 'running';

-- The ids that the pages of a full walk brought, for the census at its end: one row a page.
CREATE TABLE jira_sync_seen (
    sync_id  bigint   NOT NULL REFERENCES jira_sync_logs (id) ON DELETE CASCADE,
    page     integer  NOT NULL,
    jira_ids bigint[] NOT NULL,
    PRIMARY KEY (sync_id, page)
);

CREATE TABLE jira_sync_state (
    project_id     bigint PRIMARY KEY REFERENCES projects (id) ON DELETE CASCADE,
    -- Everything that changed before this moment (epoch milliseconds, Jira's clock) is stored.
    cursor_ms      bigint,
    -- What the cursor is true for: site, JQL. Another fingerprint asks for a full walk.
    fingerprint    text,
    deployment     text,
    server_version text,
    base_url       text,
    next_sync_at   timestamptz NOT NULL DEFAULT now(),
    next_census_at timestamptz NOT NULL DEFAULT now() + interval '24 hours',
    last_full_at   timestamptz,
    last_success_at timestamptz,
    failures       integer NOT NULL DEFAULT 0,
    replay_pending boolean NOT NULL DEFAULT false
);

CREATE INDEX jira_sync_state_due ON jira_sync_state (next_sync_at);

-- Tickets that could not be stored: set aside with the reason, never dropped.
CREATE TABLE jira_ticket_errors (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id bigint      NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    sync_id    bigint,
    jira_id    text        NOT NULL,
    jira_key   text,
    reason     text        NOT NULL,
    -- text, not jsonb: what is set aside may be what jsonb refuses.
    payload    text        NOT NULL,
    attempts   integer     NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (project_id, jira_id)
);

CREATE TABLE test_cases (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id  bigint      NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    external_id text,
    title       text        NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE test_case_jira_links (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    test_case_id   bigint      NOT NULL REFERENCES test_cases (id) ON DELETE CASCADE,
    jira_ticket_id bigint      NOT NULL REFERENCES jira_tickets (id) ON DELETE CASCADE,
    link_type      text        NOT NULL DEFAULT 'covers',
    created_at     timestamptz NOT NULL DEFAULT now(),
    UNIQUE (test_case_id, jira_ticket_id, link_type)
);

CREATE INDEX test_case_jira_links_ticket ON test_case_jira_links (jira_ticket_id);
