-- Stores what a repository says of itself, unless what is stored is newer or the same. Its number is its own, whatever was
-- asked for. A connection that knows the repository by its number calls it by the name that a sync finds it to have now; what
-- events say of names may be late.
WITH input AS MATERIALIZED (
    SELECT id AS project_id, :#${variable.repositoryId}::bigint AS repository_id, :#${variable.rows}::jsonb AS rows
    FROM projects WHERE id = :#${variable.projectId}::bigint
), page AS MATERIALIZED (
    SELECT DISTINCT ON (r.repository_id) input.project_id, r.*
    FROM input, ROWS FROM (jsonb_to_recordset(input.rows) AS (
        repository_id bigint, full_name text, description text, default_branch text, html_url text, homepage text,
        language text, topics text[], private boolean, archived boolean, fork boolean, created_at timestamptz,
        updated_at timestamptz, pushed_at timestamptz
    )) WITH ORDINALITY AS r
    ORDER BY r.repository_id, updated_at DESC NULLS LAST, ordinality DESC
), written AS (
    INSERT INTO github_repositories AS t (
        project_id, repository_id, full_name, description, default_branch, html_url, homepage, language, topics, private,
        archived, fork, created_at, updated_at, pushed_at, stored_at)
    SELECT
        project_id, repository_id, full_name, description, default_branch, html_url, homepage, language,
        coalesce(topics, '{}'), private, archived, fork, created_at, updated_at, pushed_at, now()
    FROM page
    ORDER BY repository_id -- one order for all writers, so that two never wait for each other
    ON CONFLICT (project_id, repository_id) DO UPDATE SET
        full_name = excluded.full_name, description = excluded.description, default_branch = excluded.default_branch,
        html_url = excluded.html_url, homepage = excluded.homepage, language = excluded.language,
        topics = excluded.topics, private = excluded.private, archived = excluded.archived, fork = excluded.fork,
        created_at = excluded.created_at, updated_at = excluded.updated_at, pushed_at = excluded.pushed_at,
        stored_at = now()
    WHERE coalesce(t.updated_at <= excluded.updated_at, true)
      AND (t.full_name, t.description, t.default_branch, t.html_url, t.homepage, t.language, t.topics, t.private,
           t.archived, t.fork, t.created_at, t.updated_at, t.pushed_at)
          IS DISTINCT FROM (
           excluded.full_name, excluded.description, excluded.default_branch, excluded.html_url, excluded.homepage,
           excluded.language, excluded.topics, excluded.private, excluded.archived, excluded.fork, excluded.created_at,
           excluded.updated_at, excluded.pushed_at)
    RETURNING t.project_id, t.repository_id, t.full_name, (t.xmax = 0) AS created
), former AS MATERIALIZED (
    SELECT c.id, c.project_id, w.repository_id, github_name_in(c.config_data, w.repository_id, NULL) AS repository, w.full_name
    FROM integration_configs c JOIN written w ON w.project_id = c.project_id
    WHERE c.integration_type = 'github' AND github_name_in(c.config_data, w.repository_id, NULL) <> w.full_name
      AND w.full_name LIKE '_%/_%'
      AND :#${variable.syncId}::bigint IS NOT NULL
), renamed AS (
    UPDATE integration_configs c SET
        config_data = github_learned(c.config_data, former.repository, former.repository_id, former.full_name)
    FROM former WHERE c.id = former.id
), hooked AS (
    UPDATE github_hooks h SET repository = former.full_name
    FROM former WHERE h.config_id = former.id AND lower(h.repository) = lower(former.repository)
      AND NOT EXISTS (SELECT FROM github_hooks o WHERE o.config_id = h.config_id AND o.id <> h.id AND lower(o.repository) = lower(former.full_name))
), audited AS (
    INSERT INTO audit_log (actor, action, target, before, after)
    SELECT 'github', 'github-config.move', 'project/' || project_id, jsonb_build_object('repository', repository),
           jsonb_build_object('repository', full_name)
    FROM former
)
SELECT whole.number AS processed, c.created, c.updated, whole.number - c.created - c.updated AS unchanged
FROM (SELECT coalesce(sum(jsonb_array_length(rows)), 0)::integer AS number FROM input) AS whole,
     (SELECT (count(*) FILTER (WHERE created))::integer AS created,
             (count(*) FILTER (WHERE NOT created))::integer AS updated FROM written) AS c
