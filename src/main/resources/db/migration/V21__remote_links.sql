-- Links that lead out of Jira's tickets: those that people made to pull requests, issues and commits at GitHub, which link
-- as keys in texts do, and those that the platform writes where a project asks for it (docs/adr/0031).

-- What a ticket has, as Jira said it last.
CREATE TABLE jira_remote_links (
    ticket_id      bigint      NOT NULL REFERENCES jira_tickets (id) ON DELETE CASCADE,
    project_id     bigint      NOT NULL,
    link_id        bigint      NOT NULL,
    global_id      text,
    url            text        NOT NULL,
    title          text,
    relationship   text,
    application    text,
    -- Where it leads to something of GitHub's: the address of the repository in small letters, and what of it. By bytes, as
    -- github_links are.
    repository_url text COLLATE "C",
    kind           text COLLATE "C" CHECK (kind IN ('pull', 'commit', 'issue')),
    ref            text COLLATE "C",
    stored_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (ticket_id, link_id)
);

CREATE INDEX jira_remote_links_target ON jira_remote_links (project_id, repository_url, kind, ref)
    WHERE repository_url IS NOT NULL;

-- Tickets whose links are to be read: no list of Jira's has them, but a ticket's changelog tells that it has or had some.
CREATE TABLE jira_remote_link_queue (
    ticket_id       bigint      PRIMARY KEY REFERENCES jira_tickets (id) ON DELETE CASCADE,
    project_id      bigint      NOT NULL,
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    attempts        integer     NOT NULL DEFAULT 0,
    error_message   text
);

CREATE INDEX jira_remote_link_queue_due ON jira_remote_link_queue (project_id, next_attempt_at);

-- The links that the platform keeps in Jira. The row is there before the call, and the global id makes the call one that can
-- be made twice, so a link is neither lost nor doubled whatever breaks in between.
CREATE TABLE jira_remote_link_writes (
    ticket_id       bigint      NOT NULL REFERENCES jira_tickets (id) ON DELETE CASCADE,
    global_id       text        NOT NULL,
    project_id      bigint      NOT NULL,
    repository_id   bigint      NOT NULL,
    kind            text        NOT NULL COLLATE "C" CHECK (kind IN ('pull', 'issue')),
    ref             text        NOT NULL COLLATE "C",
    -- What Jira is to have.
    payload         jsonb       NOT NULL,
    state           text        NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'written', 'failed', 'removing')),
    attempts        integer     NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    error_message   text,
    written_at      timestamptz,
    row_id          bigint GENERATED ALWAYS AS IDENTITY,
    created_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (ticket_id, global_id)
);

CREATE INDEX jira_remote_link_writes_due ON jira_remote_link_writes (next_attempt_at) WHERE state IN ('pending', 'removing');
CREATE INDEX jira_remote_link_writes_project ON jira_remote_link_writes (project_id, created_at, row_id);

-- When the links that a project wants were compared with those that it has.
CREATE TABLE jira_remote_link_state (
    project_id  bigint      PRIMARY KEY REFERENCES projects (id) ON DELETE CASCADE,
    compared_at timestamptz NOT NULL DEFAULT now()
);

-- The tickets from which somebody made a link to something of GitHub's. Those that the platform made say nothing: they are
-- there since something else links.
CREATE FUNCTION github_remote_linked(project bigint, repository bigint, linked text, reference text)
RETURNS TABLE (ticket_id bigint, url text) LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT rl.ticket_id, rl.url
    FROM github_repositories r
    JOIN jira_remote_links rl ON rl.project_id = project AND rl.repository_url = lower(r.html_url) COLLATE "C"
        AND rl.kind = linked COLLATE "C" AND rl.ref = reference COLLATE "C"
    WHERE r.project_id = project AND r.repository_id = repository
      AND NOT EXISTS (SELECT FROM jira_remote_link_writes w
                      WHERE w.ticket_id = rl.ticket_id AND w.global_id = rl.global_id)
$$;

-- As before (V12), with the links that people made in Jira.
CREATE OR REPLACE FUNCTION github_jira_keys(project bigint, repository bigint, linked text, reference text) RETURNS json
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(json_agg(DISTINCT present.key ORDER BY present.key) FILTER (WHERE present.key IS NOT NULL), '[]')
    FROM (
        SELECT jira_ticket_of(project, found.jira_key) AS ticket
        FROM (
            SELECT l.jira_key FROM github_links l
            WHERE l.project_id = project AND l.repository_id = repository AND l.kind = linked AND l.ref = reference
            UNION
            SELECT l.jira_key
            FROM (SELECT c.sha FROM github_pull_commits c
                  WHERE c.project_id = project AND c.repository_id = repository
                    AND c.pull_number = CASE WHEN linked = 'pull' THEN reference::bigint END OFFSET 0) AS own,
                 LATERAL (SELECT l.jira_key FROM github_links l
                          WHERE l.project_id = project AND l.repository_id = repository AND l.kind = 'commit'
                            AND l.ref = own.sha
                          OFFSET 0) AS l
        ) AS found
        UNION
        SELECT rl.ticket_id FROM github_remote_linked(project, repository, linked, reference) AS rl
    ) AS tickets,
    LATERAL (SELECT (SELECT t.jira_key FROM jira_tickets t WHERE t.id = tickets.ticket AND t.sync_status <> 'deleted') AS key)
        AS present
$$;

CREATE OR REPLACE FUNCTION github_links_to(ticket bigint) RETURNS TABLE (repository_id bigint, kind text, ref text)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    WITH direct AS MATERIALIZED (
        SELECT l.project_id, l.repository_id, l.kind, l.ref
        FROM (SELECT t.project_id, t.jira_key FROM jira_tickets t WHERE t.id = ticket
              UNION SELECT k.project_id, k.jira_key FROM jira_ticket_keys k WHERE k.ticket_id = ticket) AS keys
        JOIN github_links l ON l.project_id = keys.project_id AND upper(l.jira_key) = keys.jira_key
        WHERE jira_ticket_of(l.project_id, l.jira_key) = ticket
        UNION
        SELECT rl.project_id, r.repository_id, rl.kind, rl.ref
        FROM jira_remote_links rl
        JOIN github_repositories r ON r.project_id = rl.project_id AND lower(r.html_url) COLLATE "C" = rl.repository_url
        WHERE rl.ticket_id = ticket
          AND NOT EXISTS (SELECT FROM jira_remote_link_writes w
                          WHERE w.ticket_id = rl.ticket_id AND w.global_id = rl.global_id)
    )
    SELECT direct.repository_id, direct.kind, direct.ref FROM direct
    UNION
    SELECT c.repository_id, 'pull', c.pull_number::text FROM direct
    JOIN github_pull_commits c ON c.project_id = direct.project_id AND c.repository_id = direct.repository_id AND c.sha = direct.ref
    WHERE direct.kind = 'commit'
$$;
