-- The hooks at GitHub that deliver to the platform: one row a repository of a connection that names a webhookUrl.
CREATE TABLE github_hooks (
    config_id     bigint      NOT NULL REFERENCES integration_configs (id) ON DELETE CASCADE,
    repository    text        NOT NULL,
    state         text        NOT NULL DEFAULT 'pending' CHECK (state IN ('none', 'pending', 'registered', 'failed')),
    hook_id       bigint,
    -- Its address in the API, and the one that it delivers to.
    hook_url      text,
    url           text,
    -- Whether the platform made it: only such a one is removed.
    made          boolean     NOT NULL DEFAULT false,
    -- The secret that GitHub was given: it never tells it again.
    secret_id     bigint,
    events        jsonb,
    last_delivery jsonb,
    error         text,
    attempts      integer     NOT NULL DEFAULT 0,
    checked_at    timestamptz,
    next_at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (config_id, repository)
);
