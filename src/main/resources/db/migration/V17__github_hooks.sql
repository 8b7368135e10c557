-- The hooks at GitHub that deliver to the platform: one row a repository of a connection that names a webhookUrl.
CREATE TABLE github_hooks (
    id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    config_id     bigint      NOT NULL REFERENCES integration_configs (id) ON DELETE CASCADE,
    -- Where GitHub's API was when the row was made: another site has other hooks.
    api_url       text        NOT NULL,
    repository    text        NOT NULL,
    state         text        NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'registered', 'failed')),
    hook_id       bigint,
    -- Its address in the API, and the one that it delivers to.
    hook_url      text,
    url           text        NOT NULL,
    -- Whether the platform made it: only such a one is removed.
    made          boolean     NOT NULL DEFAULT false,
    -- The secret that GitHub was given: it never tells it again.
    secret_id     bigint,
    events        jsonb,
    last_delivery jsonb,
    error         text,
    attempts      integer     NOT NULL DEFAULT 0,
    checked_at    timestamptz,
    next_at       timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX github_hooks_repository ON github_hooks (config_id, lower(repository));
CREATE INDEX github_hooks_hook ON github_hooks (hook_id);

-- Hooks that the platform made and that are no longer wanted. They outlive their connection, so there is no foreign key.
CREATE TABLE github_hook_removals (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    config_id  bigint      NOT NULL,
    project_id bigint      NOT NULL,
    -- The connection's configuration when the hook was of it.
    config     jsonb       NOT NULL,
    repository text        NOT NULL,
    hook_id    bigint      NOT NULL,
    hook_url   text        NOT NULL,
    url        text        NOT NULL,
    error      text,
    attempts   integer     NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    next_at    timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX github_hook_removals_config ON github_hook_removals (config_id);

-- The sealed credential of a connection that is gone, for as long as something that the platform made at the other system is
-- still to be removed there, and for an hour at most.
CREATE TABLE departed_connections (
    config_id        bigint      PRIMARY KEY,
    project_id       bigint      NOT NULL,
    integration_type text        NOT NULL,
    config_data      jsonb       NOT NULL,
    name             text        NOT NULL,
    key_id           bigint      NOT NULL,
    ciphertext       bytea       NOT NULL,
    departed_at      timestamptz NOT NULL DEFAULT now()
);

-- Whether two addresses that hooks deliver to are the same.
CREATE FUNCTION github_same_address(one text, other text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT rtrim(one, '/') IS NOT DISTINCT FROM rtrim(other, '/')
$$;

-- A repository's hook as the API shows it.
CREATE FUNCTION github_hook(of_config bigint, config jsonb, of_repository text) RETURNS json LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN config ->> 'webhookUrl' IS NULL THEN json_build_object('state', 'none') ELSE coalesce(
        (SELECT json_build_object(
             'state', h.state, 'hookId', h.hook_id, 'url', h.url, 'events', h.events, 'lastDelivery', h.last_delivery,
             'error', h.error, 'checkedAt', iso(h.checked_at))
         FROM github_hooks h
         WHERE h.config_id = of_config AND lower(h.repository) = lower(of_repository)
           AND github_same_address(h.url, config ->> 'webhookUrl')),
        json_build_object('state', 'pending', 'url', config ->> 'webhookUrl')) END
$$;

-- All hooks of a connection that has several, with those of ours that are still to be removed; NULL where there is but one.
CREATE FUNCTION github_hooks_of(of_config bigint, config jsonb) RETURNS json LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN count(*) > 1 THEN json_agg(hook ORDER BY place, id) END FROM (
        SELECT n.place, 0::bigint AS id,
               jsonb_build_object('repository', n.name) || github_hook(of_config, config, n.name)::jsonb AS hook
        FROM github_named(config) n
        UNION ALL
        SELECT 1000000, r.id, jsonb_build_object(
            'repository', r.repository, 'state', 'removing', 'hookId', r.hook_id, 'url', r.url, 'error', r.error)
        FROM github_hook_removals r WHERE r.config_id = of_config
    ) hooks
$$;
