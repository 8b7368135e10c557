-- What GitHub has, as the platform keeps it: rows, no payloads (docs/adr/0021). A repository is known by GitHub's number,
-- which stays when its name changes; a project may have several, and several projects the same one. row_id orders
-- what GitHub numbers differently from kind to kind, so that every list has a total order.

CREATE TABLE github_repositories (
    project_id     bigint      NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    repository_id  bigint      NOT NULL,
    full_name      text        NOT NULL,
    description    text,
    default_branch text,
    html_url       text,
    homepage       text,
    language       text,
    topics         text[]      NOT NULL DEFAULT '{}',
    private        boolean     NOT NULL DEFAULT false,
    archived       boolean     NOT NULL DEFAULT false,
    fork           boolean     NOT NULL DEFAULT false,
    created_at     timestamptz,
    updated_at     timestamptz,
    pushed_at      timestamptz,
    stored_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project_id, repository_id)
);

-- Commits never change; what is added to them is their details, and whether a branch or tag still leads to them.
CREATE TABLE github_commits (
    project_id      bigint      NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    repository_id   bigint      NOT NULL,
    sha             text        NOT NULL COLLATE "C",
    message         text        NOT NULL,
    author_name     text,
    author_email    text,
    author_login    text,
    authored_at     timestamptz NOT NULL,
    committer_name  text,
    committer_email text,
    committer_login text,
    committed_at    timestamptz NOT NULL,
    -- NULL where a push told of the commit: its payload does not name them.
    parents         text[],
    -- NULL until the commit was asked for by itself: no list has them.
    additions       integer,
    deletions       integer,
    files_count     integer,
    reachable       boolean     NOT NULL DEFAULT true,
    html_url        text,
    row_id          bigint GENERATED ALWAYS AS IDENTITY,
    stored_at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project_id, repository_id, sha)
);

CREATE INDEX github_commits_committed ON github_commits (project_id, committed_at, row_id);
CREATE INDEX github_commits_authored ON github_commits (project_id, authored_at, row_id);
CREATE INDEX github_commits_author_name ON github_commits (project_id, lower(author_name));
CREATE INDEX github_commits_author_email ON github_commits (project_id, lower(author_email));
CREATE INDEX github_commits_author_login ON github_commits (project_id, lower(author_login));
-- Which commits wait for their details, newest first.
CREATE INDEX github_commits_bare ON github_commits (project_id, repository_id, committed_at) WHERE additions IS NULL;

CREATE TABLE github_commit_files (
    project_id    bigint  NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    repository_id bigint  NOT NULL,
    sha           text    NOT NULL COLLATE "C",
    -- By bytes, so that a folder is a range: from 'folder/' to below 'folder0'.
    path          text    NOT NULL COLLATE "C",
    status        text    NOT NULL,
    previous_path text COLLATE "C",
    additions     integer NOT NULL DEFAULT 0,
    deletions     integer NOT NULL DEFAULT 0,
    PRIMARY KEY (project_id, repository_id, sha, path)
);

CREATE INDEX github_commit_files_path ON github_commit_files (project_id, path);

CREATE TABLE github_branches (
    project_id    bigint      NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    repository_id bigint      NOT NULL,
    name          text        NOT NULL COLLATE "C",
    -- NULL where an event told of the branch before anything said where it is.
    sha           text COLLATE "C",
    -- NULL where no list has said it yet.
    protected     boolean,
    -- The rules, where the token may read them.
    protection    jsonb,
    -- A branch has no date of its own: when it was seen to be there, by GitHub's clock or ours. An older sight is no news.
    seen_at       timestamptz NOT NULL DEFAULT now(),
    row_id        bigint GENERATED ALWAYS AS IDENTITY,
    stored_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project_id, repository_id, name)
);

CREATE INDEX github_branches_name ON github_branches (project_id, name, row_id);

CREATE TABLE github_tags (
    project_id    bigint      NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    repository_id bigint      NOT NULL,
    name          text        NOT NULL COLLATE "C",
    sha           text COLLATE "C",
    seen_at       timestamptz NOT NULL DEFAULT now(),
    stored_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project_id, repository_id, name)
);

CREATE TABLE github_releases (
    project_id    bigint      NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    repository_id bigint      NOT NULL,
    id            bigint      NOT NULL,
    -- A draft's tag may not be there yet, and two releases may bear the same.
    tag_name      text        NOT NULL,
    target        text,
    name          text,
    body          text,
    author        text,
    draft         boolean     NOT NULL DEFAULT false,
    prerelease    boolean     NOT NULL DEFAULT false,
    created_at    timestamptz,
    published_at  timestamptz,
    -- Newer versions of the API say it; without it the later sight counts.
    updated_at    timestamptz,
    html_url      text,
    row_id        bigint GENERATED ALWAYS AS IDENTITY,
    stored_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project_id, repository_id, id)
);

CREATE INDEX github_releases_published ON github_releases (project_id, published_at, row_id);

CREATE TABLE github_pulls (
    project_id       bigint      NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    repository_id    bigint      NOT NULL,
    -- Numbers are shared with issues, ids are not: the number is what people and links say.
    number           bigint      NOT NULL,
    id               bigint      NOT NULL,
    title            text        NOT NULL,
    body             text,
    state            text        NOT NULL,
    draft            boolean     NOT NULL DEFAULT false,
    author           text,
    labels           text[]      NOT NULL DEFAULT '{}',
    assignees        text[]      NOT NULL DEFAULT '{}',
    requested        text[]      NOT NULL DEFAULT '{}',
    milestone        text,
    head_ref         text,
    head_sha         text,
    -- NULL where the fork is gone.
    head_repository  text,
    base_ref         text,
    base_sha         text,
    merge_commit_sha text,
    merged_by        text,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    closed_at        timestamptz,
    merged_at        timestamptz,
    -- NULL until the pull request was asked for by itself, and again when its head moves on.
    additions        integer,
    deletions        integer,
    changed_files    integer,
    commits_count    integer,
    comments         integer,
    -- approved, changes_requested or commented, of the last review of each reviewer; NULL until reviews were read.
    review_decision  text CHECK (review_decision IN ('approved', 'changes_requested', 'commented')),
    html_url         text,
    row_id           bigint GENERATED ALWAYS AS IDENTITY,
    stored_at        timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project_id, repository_id, number)
);

CREATE INDEX github_pulls_updated ON github_pulls (project_id, updated_at, row_id);
CREATE INDEX github_pulls_state ON github_pulls (project_id, state, updated_at);
CREATE INDEX github_pulls_merge_commit ON github_pulls (project_id, merge_commit_sha) WHERE merged_at IS NOT NULL;

CREATE TABLE github_reviews (
    project_id    bigint      NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    repository_id bigint      NOT NULL,
    id            bigint      NOT NULL,
    pull_number   bigint      NOT NULL,
    reviewer      text,
    state         text        NOT NULL,
    body          text,
    commit_sha    text,
    submitted_at  timestamptz,
    html_url      text,
    stored_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project_id, repository_id, id)
);

CREATE INDEX github_reviews_pull ON github_reviews (project_id, repository_id, pull_number);

-- Files and commits of a pull request as of one head: those of a former head go when the new ones come.
CREATE TABLE github_pull_files (
    project_id    bigint  NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    repository_id bigint  NOT NULL,
    pull_number   bigint  NOT NULL,
    path          text    NOT NULL COLLATE "C",
    status        text    NOT NULL,
    previous_path text COLLATE "C",
    additions     integer NOT NULL DEFAULT 0,
    deletions     integer NOT NULL DEFAULT 0,
    head_sha      text,
    PRIMARY KEY (project_id, repository_id, pull_number, path)
);

CREATE INDEX github_pull_files_path ON github_pull_files (project_id, path);

CREATE TABLE github_pull_commits (
    project_id    bigint NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    repository_id bigint NOT NULL,
    pull_number   bigint NOT NULL,
    sha           text   NOT NULL COLLATE "C",
    head_sha      text,
    PRIMARY KEY (project_id, repository_id, pull_number, sha)
);

CREATE INDEX github_pull_commits_sha ON github_pull_commits (project_id, repository_id, sha);

-- Issues of GitHub's own; what its list of issues has of pull requests never comes in here.
CREATE TABLE github_issues (
    project_id    bigint      NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    repository_id bigint      NOT NULL,
    number        bigint      NOT NULL,
    id            bigint      NOT NULL,
    title         text        NOT NULL,
    body          text,
    state         text        NOT NULL,
    state_reason  text,
    type          text,
    author        text,
    labels        text[]      NOT NULL DEFAULT '{}',
    assignees     text[]      NOT NULL DEFAULT '{}',
    milestone     text,
    comments      integer     NOT NULL DEFAULT 0,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    closed_at     timestamptz,
    html_url      text,
    row_id        bigint GENERATED ALWAYS AS IDENTITY,
    stored_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project_id, repository_id, number)
);

CREATE INDEX github_issues_updated ON github_issues (project_id, updated_at, row_id);

CREATE TABLE github_workflow_runs (
    project_id    bigint      NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    repository_id bigint      NOT NULL,
    id            bigint      NOT NULL,
    workflow_id   bigint,
    name          text,
    title         text,
    run_number    bigint,
    -- A run that is started again keeps its id; the later attempt counts.
    run_attempt   integer     NOT NULL DEFAULT 1,
    event         text,
    status        text        NOT NULL,
    conclusion    text,
    branch        text,
    sha           text,
    actor         text,
    created_at    timestamptz NOT NULL,
    started_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    -- Of the attempt, from its start to its end; NULL while it runs.
    duration_ms   bigint,
    html_url      text,
    row_id        bigint GENERATED ALWAYS AS IDENTITY,
    stored_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project_id, repository_id, id)
);

CREATE INDEX github_workflow_runs_started ON github_workflow_runs (project_id, started_at, row_id);
CREATE INDEX github_workflow_runs_sha ON github_workflow_runs (project_id, repository_id, sha);
-- Runs that are to be read again.
CREATE INDEX github_workflow_runs_unfinished ON github_workflow_runs (project_id, repository_id, created_at)
    WHERE status <> 'completed';

CREATE TABLE github_check_runs (
    project_id    bigint      NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    repository_id bigint      NOT NULL,
    id            bigint      NOT NULL,
    suite_id      bigint,
    sha           text        NOT NULL,
    name          text        NOT NULL,
    app           text,
    status        text        NOT NULL,
    conclusion    text,
    started_at    timestamptz,
    completed_at  timestamptz,
    html_url      text,
    stored_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project_id, repository_id, id)
);

CREATE INDEX github_check_runs_sha ON github_check_runs (project_id, repository_id, sha);

CREATE TABLE github_deployments (
    project_id    bigint      NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    repository_id bigint      NOT NULL,
    id            bigint      NOT NULL,
    sha           text        NOT NULL,
    ref           text,
    task          text,
    environment   text,
    description   text,
    creator       text,
    production    boolean,
    payload       jsonb,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    -- Of its last status; NULL until statuses were read.
    state         text,
    state_at      timestamptz,
    state_id      bigint,
    target_url    text,
    stored_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project_id, repository_id, id)
);

CREATE INDEX github_deployments_created ON github_deployments (project_id, created_at);
CREATE INDEX github_deployments_sha ON github_deployments (project_id, repository_id, sha);

-- What looks like a key of Jira's in a text, as it was written there. Which ticket it is, if any, is asked when somebody
-- reads: so a ticket that comes later, or moves, is linked without any text being read again.
CREATE TABLE github_links (
    project_id    bigint NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    repository_id bigint NOT NULL,
    -- By bytes, all of them: a function's texts take the collation of what it was called with, and another than the
    -- index has would make it useless.
    kind          text   NOT NULL COLLATE "C" CHECK (kind IN ('pull', 'commit', 'branch', 'issue')),
    -- The number of a pull request or issue, the SHA of a commit, the name of a branch.
    ref           text   NOT NULL COLLATE "C",
    source        text   NOT NULL COLLATE "C" CHECK (source IN ('branch', 'title', 'body', 'message')),
    jira_key      text   NOT NULL COLLATE "C",
    PRIMARY KEY (project_id, repository_id, kind, ref, source, jira_key)
);

CREATE INDEX github_links_key ON github_links (project_id, upper(jira_key));

-- The candidates for keys in a text, in their order there, and what is wrong with those that are none. Letters and digits
-- of ASCII make a word longer, others do not: in Chinese nothing stands between a key and the text. What stands before an
-- underscore may belong to the project's key or not, so both are candidates. What stands in a UUID is none. Words are looked
-- at one by one, and not those of many hundred letters: so a text of any kind costs its length and no more.
CREATE FUNCTION jira_key_candidates(searched text) RETURNS TABLE (candidate text, problem text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    WITH words AS (
        SELECT regexp_replace(w.word, '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}', ' ', 'g') AS word, w.place
        FROM regexp_split_to_table(searched, '[^A-Za-z0-9_.-]+') WITH ORDINALITY AS w (word, place)
        WHERE strpos(searched, '-') > 0 AND strpos(w.word, '-') > 0 AND length(w.word) <= 500
    ), candidates AS (
        SELECT substr(m.found[2], n) || '-' || m.found[3] AS candidate, words.place, m.at, n,
               CASE WHEN (n = 1 AND m.found[1] <> '') OR m.found[4] ~ '^[A-Za-z]' THEN 'the key is inside a longer word'
                    WHEN m.found[4] IS NOT NULL THEN 'the number goes on behind a point, as that of a version'
                    WHEN m.found[3] LIKE '0%' THEN 'the number of a ticket does not begin with 0' END AS problem
        FROM words,
             regexp_matches(words.word, '([0-9]*)([A-Za-z][A-Za-z0-9_]+)-([0-9]+)([A-Za-z][A-Za-z0-9]*|\.[0-9]+)?', 'g')
                 WITH ORDINALITY AS m (found, at),
             generate_series(1, length(m.found[2]) - 1) AS n
        WHERE (n = 1 OR substr(m.found[2], n - 1, 1) = '_') AND substr(m.found[2], n, 1) ~ '[A-Za-z]'
    )
    SELECT candidate, problem FROM candidates ORDER BY place, at, n
$$;

-- The keys in a text, each once as it was written first; 500 at the most, since a changelog speaks of none in particular.
CREATE FUNCTION jira_keys(searched text) RETURNS SETOF text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (array_agg(candidate))[1] FROM jira_key_candidates(searched) WHERE problem IS NULL
    GROUP BY upper(candidate) LIMIT 500
$$;

-- The ticket of a key: the one that bears it, else the last one that bore it. Deleted tickets bear none. (+ 0: of what a
-- key's index gives the largest, not of all tickets from the largest on the first that fits.)
CREATE FUNCTION jira_ticket_of(project bigint, key text) RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(
        (SELECT max(t.id + 0) FROM jira_tickets t
         WHERE t.project_id = project AND t.jira_key = upper(key COLLATE "default") AND t.sync_status <> 'deleted'),
        (SELECT k.ticket_id FROM jira_ticket_keys k
         WHERE k.project_id = project AND k.jira_key = upper(key COLLATE "default")
           AND EXISTS (SELECT FROM jira_tickets t WHERE t.id = k.ticket_id AND t.sync_status <> 'deleted')
         ORDER BY k.valid_to DESC, k.ticket_id + 0 DESC LIMIT 1))
$$;

-- The present keys of the tickets that something is linked to; a pull request is also linked by its commits. OFFSET 0: from
-- its commits to their links, never through all links of the repository.
CREATE FUNCTION github_jira_keys(project bigint, repository bigint, linked text, reference text) RETURNS json
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(json_agg(DISTINCT present.key ORDER BY present.key) FILTER (WHERE present.key IS NOT NULL), '[]')
    FROM (
        SELECT l.jira_key FROM github_links l
        WHERE l.project_id = project AND l.repository_id = repository AND l.kind = linked AND l.ref = reference
        UNION
        SELECT l.jira_key
        FROM (SELECT c.sha FROM github_pull_commits c
              WHERE c.project_id = project AND c.repository_id = repository
                AND c.pull_number = CASE WHEN linked = 'pull' THEN reference::bigint END OFFSET 0) AS own,
             LATERAL (SELECT l.jira_key FROM github_links l
                      WHERE l.project_id = project AND l.repository_id = repository AND l.kind = 'commit' AND l.ref = own.sha
                      OFFSET 0) AS l
    ) AS found,
    LATERAL (SELECT (SELECT t.jira_key FROM jira_tickets t WHERE t.id = jira_ticket_of(project, found.jira_key)) AS key) AS present
$$;

-- What is linked to a ticket, by any key that it bears or bore and that no other ticket has taken over.
CREATE FUNCTION github_links_to(ticket bigint) RETURNS TABLE (repository_id bigint, kind text, ref text)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    WITH direct AS MATERIALIZED (
        SELECT l.project_id, l.repository_id, l.kind, l.ref
        FROM (SELECT t.project_id, t.jira_key FROM jira_tickets t WHERE t.id = ticket
              UNION SELECT k.project_id, k.jira_key FROM jira_ticket_keys k WHERE k.ticket_id = ticket) AS keys
        JOIN github_links l ON l.project_id = keys.project_id AND upper(l.jira_key) = keys.jira_key
        WHERE jira_ticket_of(l.project_id, l.jira_key) = ticket
    )
    SELECT direct.repository_id, direct.kind, direct.ref FROM direct
    UNION
    SELECT c.repository_id, 'pull', c.pull_number::text FROM direct
    JOIN github_pull_commits c ON c.project_id = direct.project_id AND c.repository_id = direct.repository_id AND c.sha = direct.ref
    WHERE direct.kind = 'commit'
$$;
