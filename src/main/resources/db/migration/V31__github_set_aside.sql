-- What GitHub said that could not be stored, with the reason: the rest of its page went on. It leaves when it is stored after all.
CREATE TABLE github_set_aside (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id    bigint      NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    repository_id bigint      NOT NULL,
    stream        text        NOT NULL,
    -- The number of a pull request, the SHA of a commit, and so on; cut where it is too long.
    ref           text        NOT NULL COLLATE "C",
    reason        text        NOT NULL,
    -- text, not jsonb: what is set aside may be what jsonb refuses.
    payload       text        NOT NULL,
    attempts      integer     NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL DEFAULT now(),
    UNIQUE (project_id, repository_id, stream, ref)
);
CREATE INDEX github_set_aside_created ON github_set_aside (project_id, created_at, id);
