-- What a repository's analysis rests on and what it came to (docs/adr/0028).

-- One row a repository: how far its files are known, and the answer as it is given.
CREATE TABLE github_analyses (
    project_id     bigint  NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    repository_id  bigint  NOT NULL,
    full_name      text    NOT NULL,
    -- The commit whose files are in github_files; NULL where nothing was committed yet.
    files_sha      text COLLATE "C",
    -- The rules by which their paths were told apart; NULL before the first time.
    rules          integer,
    truncated      boolean NOT NULL DEFAULT false,
    -- What the last commit that was looked at changed in the files.
    delta          jsonb,
    languages      jsonb   NOT NULL DEFAULT '{}',
    languages_etag text,
    -- What the answer was made of; as long as it stays nothing is made anew.
    fingerprint    text,
    commit_sha     text COLLATE "C",
    analyzed_at    timestamptz,
    -- The newest commit that the answer knew, by its row.
    last_commit    bigint,
    -- json: its keys stay in their order.
    analysis       json,
    -- Of the analysis before that was of another commit: what changes are told against.
    base           jsonb,
    -- Until when somebody who waits for a first answer has it made.
    busy_until     timestamptz,
    PRIMARY KEY (project_id, repository_id)
);

-- The files of the default branch's head, with what their paths tell.
CREATE TABLE github_files (
    project_id    bigint NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    repository_id bigint NOT NULL,
    path          text   NOT NULL COLLATE "C",
    sha           text   NOT NULL COLLATE "C",
    size          bigint NOT NULL,
    kind          text   NOT NULL CHECK (kind IN ('source', 'test', 'build', 'fixture', 'vendored', 'generated', 'other')),
    language      text,
    -- What a source is called, and what a test is called after: where they are the same, one tests the other.
    subject       text COLLATE "C",
    -- The build tool that reads it.
    tool          text,
    PRIMARY KEY (project_id, repository_id, path)
);

-- What was found in files, by the SHA of their content: that never changes, so none is read twice. No content is kept.
CREATE TABLE github_blobs (
    project_id     bigint NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    sha            text   NOT NULL COLLATE "C",
    method         text   NOT NULL CHECK (method IN ('parsed', 'estimated', 'unreadable')),
    lines          integer,
    functions      integer,
    -- The sum over its functions.
    complexity     integer,
    max_complexity integer,
    nesting        integer,
    imports        text[] NOT NULL DEFAULT '{}',
    -- Of a build file: name, version, modules, dependencies.
    build          jsonb,
    stored_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project_id, sha)
);

-- A tree as it comes in, batch by batch, before it is compared with github_files as a whole.
CREATE UNLOGGED TABLE github_tree_entries (
    run      bigint NOT NULL,
    path     text   NOT NULL COLLATE "C",
    sha      text   NOT NULL COLLATE "C",
    size     bigint NOT NULL,
    kind     text   NOT NULL,
    language text,
    subject  text COLLATE "C",
    tool     text,
    added_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (run, path)
);

CREATE SEQUENCE github_tree_runs;
