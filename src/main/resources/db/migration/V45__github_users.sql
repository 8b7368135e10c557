-- GitHub's users by their numbers, and what each was called when a sync saw it last. A login may change, and another user may get
-- the former one. All rows that name a user have the login that stands here.
CREATE TABLE github_users (
    project_id bigint      NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    user_id    bigint      NOT NULL,
    login      text        NOT NULL,
    since      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project_id, user_id)
);
CREATE INDEX github_users_login ON github_users (project_id, lower(login));
