-- What GitHub has to be asked for one by one: of what it was asked, when, and what the thing was like then. That is all
-- that a sync needs to know which questions are worth asking again (docs/adr/0025).
CREATE TABLE github_reads (
    project_id    bigint      NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    repository_id bigint      NOT NULL,
    stream        text        NOT NULL,
    -- The number of a pull request, the name of a branch, the SHA of a commit, the id of a deployment.
    ref           text        NOT NULL COLLATE "C",
    read_at       timestamptz NOT NULL DEFAULT now(),
    -- What was known of it before it was read; where that has changed, it is read again.
    seen          jsonb       NOT NULL DEFAULT '{}',
    -- Where its answer has a single page.
    etag          text,
    -- Why GitHub did not give it, and from when on it is asked for again.
    problem       text,
    retry_at      timestamptz,
    PRIMARY KEY (project_id, repository_id, stream, ref)
);

-- How many of a stream a sync has read already.
CREATE INDEX github_reads_read_at ON github_reads (project_id, repository_id, stream, read_at);

-- Rules of rulesets, beside those of the branch's own protection.
ALTER TABLE github_branches ADD COLUMN rules jsonb;

-- For lists, which need a total order.
ALTER TABLE github_tags ADD COLUMN row_id bigint GENERATED ALWAYS AS IDENTITY;
ALTER TABLE github_deployments ADD COLUMN row_id bigint GENERATED ALWAYS AS IDENTITY;

CREATE INDEX github_tags_name ON github_tags (project_id, name, row_id);
DROP INDEX github_deployments_created;
CREATE INDEX github_deployments_created ON github_deployments (project_id, created_at, row_id);
CREATE INDEX github_deployments_environment ON github_deployments (project_id, repository_id, environment, created_at);
CREATE INDEX github_pulls_merged ON github_pulls (project_id, repository_id, merged_at) WHERE merged_at IS NOT NULL;

-- The check runs of a commit, of each the last attempt: one that is started again is another run of the same suite.
CREATE FUNCTION github_last_checks(project bigint, repository bigint, commit text) RETURNS SETOF github_check_runs
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT DISTINCT ON (c.suite_id, c.name) c.* FROM github_check_runs c
    WHERE c.project_id = project AND c.repository_id = repository AND c.sha = commit
    ORDER BY c.suite_id, c.name, c.started_at DESC NULLS LAST, c.id DESC
$$;

-- Whether a check run says that something is wrong; what was skipped or is neutral does not.
CREATE FUNCTION github_check_failed(conclusion text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(conclusion IN ('failure', 'timed_out', 'cancelled', 'action_required', 'startup_failure'), false);

-- What the checks of a commit say together; NULL where there are none. COST: a list asks only for the rows that it shows.
CREATE FUNCTION github_checks(project bigint, repository bigint, commit text) RETURNS json
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 AS $$
    SELECT CASE WHEN count(*) > 0 THEN json_build_object(
        'state', CASE WHEN bool_or(github_check_failed(conclusion)) THEN 'failure'
                      WHEN bool_or(status <> 'completed') THEN 'pending' ELSE 'success' END,
        'total', count(*), 'failed', count(*) FILTER (WHERE github_check_failed(conclusion))) END
    FROM github_last_checks(project, repository, commit)
$$;

-- What protects a branch, by its own protection and by rulesets together; NULL where neither is known.
CREATE FUNCTION github_protection(protection jsonb, rules jsonb) RETURNS json
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1000 AS $$
    WITH rule AS (
        SELECT r ->> 'type' AS type, r -> 'parameters' AS parameters
        FROM jsonb_array_elements(CASE WHEN jsonb_typeof(rules) = 'array' THEN rules ELSE '[]' END) AS r
    ), own AS (
        SELECT CASE WHEN jsonb_typeof(protection) = 'object' THEN protection END AS p
    )
    SELECT CASE WHEN own.p IS NOT NULL OR EXISTS (SELECT FROM rule) THEN json_build_object(
        'requiredReviews', greatest(
            (own.p #>> '{required_pull_request_reviews,required_approving_review_count}')::integer,
            (SELECT max((parameters ->> 'required_approving_review_count')::integer) FROM rule WHERE type = 'pull_request'), 0),
        'codeOwners', coalesce((own.p #>> '{required_pull_request_reviews,require_code_owner_reviews}')::boolean, false)
            OR EXISTS (SELECT FROM rule WHERE (parameters ->> 'require_code_owner_review')::boolean),
        'requiredChecks', (
            SELECT coalesce(json_agg(DISTINCT c.context ORDER BY c.context), '[]') FROM (
                SELECT jsonb_array_elements_text(own.p #> '{required_status_checks,contexts}') AS context
                UNION
                SELECT jsonb_array_elements(own.p #> '{required_status_checks,checks}') ->> 'context'
                UNION
                SELECT jsonb_array_elements(parameters -> 'required_status_checks') ->> 'context' FROM rule
                WHERE type = 'required_status_checks') AS c
            WHERE c.context IS NOT NULL),
        'linearHistory', coalesce((own.p #>> '{required_linear_history,enabled}')::boolean, false)
            OR EXISTS (SELECT FROM rule WHERE type = 'required_linear_history'),
        'signatures', coalesce((own.p #>> '{required_signatures,enabled}')::boolean, false)
            OR EXISTS (SELECT FROM rule WHERE type = 'required_signatures'),
        'admins', coalesce((own.p #>> '{enforce_admins,enabled}')::boolean, false),
        'forcePushes', coalesce((own.p #>> '{allow_force_pushes,enabled}')::boolean, own.p IS NULL)
            AND NOT EXISTS (SELECT FROM rule WHERE type = 'non_fast_forward'),
        'deletions', coalesce((own.p #>> '{allow_deletions,enabled}')::boolean, own.p IS NULL)
            AND NOT EXISTS (SELECT FROM rule WHERE type = 'deletion')) END
    FROM own
$$;

-- The events whose news a sync finds, too, since it reads what they are about.
CREATE OR REPLACE FUNCTION github_sync_finds(event_type text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT event_type IN ('push', 'create', 'delete', 'repository', 'pull_request', 'issues', 'release', 'workflow_run',
                          'pull_request_review', 'check_run', 'deployment', 'deployment_status', 'branch_protection_rule')
$$;
