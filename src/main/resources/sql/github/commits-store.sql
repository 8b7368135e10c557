-- Stores a page of commits. A commit does not change; what comes to it are its details, who its author is at GitHub, and that
-- a list leads to it (again). A push says less than what may be stored, so it only brings what is not there.
WITH input AS MATERIALIZED (
    SELECT id AS project_id, :#${variable.repositoryId}::bigint AS repository_id, :#${variable.rows}::jsonb AS rows
    FROM projects WHERE id = :#${variable.projectId}::bigint
), page AS MATERIALIZED (
    SELECT DISTINCT ON (sha) input.project_id, input.repository_id, r.*
    FROM input, ROWS FROM (jsonb_to_recordset(input.rows) AS (
        sha text, message text, author_name text, author_email text, author_login text, authored_at timestamptz,
        committer_name text, committer_email text, committer_login text, committed_at timestamptz, parents text[],
        additions integer, deletions integer, files jsonb, html_url text
    )) WITH ORDINALITY AS r
    ORDER BY sha, (additions IS NULL), (parents IS NULL), ordinality DESC
), files AS MATERIALIZED (
    SELECT DISTINCT ON (page.sha, f.path) page.project_id, page.repository_id, page.sha, f.path,
           coalesce(f.status, 'modified') AS status, f.previous_path, coalesce(f.additions, 0) AS additions,
           coalesce(f.deletions, 0) AS deletions
    FROM page, jsonb_to_recordset(page.files)
        AS f (path text, status text, previous_path text, additions integer, deletions integer)
    ORDER BY page.sha, f.path
), counted AS (
    -- A commit's files come 300 at a time: those that were here before count, too.
    SELECT page.sha, (SELECT count(*) FROM (
        SELECT f.path FROM files f WHERE f.sha = page.sha
        UNION
        SELECT k.path FROM github_commit_files k
        WHERE k.project_id = page.project_id AND k.repository_id = page.repository_id AND k.sha = page.sha
    ) AS paths) AS files_count
    FROM page WHERE page.files IS NOT NULL
), written AS (
    INSERT INTO github_commits AS t (
        project_id, repository_id, sha, message, author_name, author_email, author_login, authored_at, committer_name,
        committer_email, committer_login, committed_at, parents, additions, deletions, files_count, html_url, reachable,
        detailed, stored_at)
    SELECT
        project_id, repository_id, sha, message, author_name, author_email, author_login, authored_at, committer_name,
        committer_email, committer_login, committed_at, parents, additions, deletions, files_count, html_url, true,
        additions IS NOT NULL, now()
    FROM page LEFT JOIN counted USING (sha)
    ORDER BY sha -- one order for all writers, so that two never wait for each other
    ON CONFLICT (project_id, repository_id, sha) DO UPDATE SET
        message = excluded.message, author_name = excluded.author_name, author_email = excluded.author_email,
        author_login = excluded.author_login, authored_at = excluded.authored_at,
        committer_name = excluded.committer_name, committer_email = excluded.committer_email,
        committer_login = excluded.committer_login, committed_at = excluded.committed_at, parents = excluded.parents,
        additions = coalesce(excluded.additions, t.additions), deletions = coalesce(excluded.deletions, t.deletions),
        files_count = coalesce(excluded.files_count, t.files_count), html_url = excluded.html_url,
        reachable = t.reachable OR excluded.additions IS NULL, detailed = t.detailed OR excluded.detailed, stored_at = now()
    WHERE excluded.parents IS NOT NULL
      AND (t.message, t.author_name, t.author_email, t.author_login, t.authored_at, t.committer_name, t.committer_email,
           t.committer_login, t.committed_at, t.parents, t.additions, t.deletions, t.files_count, t.html_url, t.reachable,
           t.detailed)
          IS DISTINCT FROM (
           excluded.message, excluded.author_name, excluded.author_email, excluded.author_login, excluded.authored_at,
           excluded.committer_name, excluded.committer_email, excluded.committer_login, excluded.committed_at,
           excluded.parents, coalesce(excluded.additions, t.additions), coalesce(excluded.deletions, t.deletions),
           coalesce(excluded.files_count, t.files_count), excluded.html_url, t.reachable OR excluded.additions IS NULL,
           t.detailed OR excluded.detailed)
    RETURNING t.project_id, t.repository_id, t.sha, t.message, coalesce(t.author_login, t.author_name) AS author,
        (t.xmax = 0) AS created
), kept AS (
    INSERT INTO github_commit_files (project_id, repository_id, sha, path, status, previous_path, additions, deletions)
    SELECT project_id, repository_id, sha, path, status, previous_path, additions, deletions FROM files
    ON CONFLICT DO NOTHING
), linked AS (
    INSERT INTO github_links (project_id, repository_id, kind, ref, source, jira_key)
    SELECT w.project_id, w.repository_id, 'commit', w.sha, 'message', k.jira_key
    FROM written w, jira_keys(w.message, w.author) AS k (jira_key)
    ON CONFLICT DO NOTHING
)
SELECT whole.number AS processed, c.created, c.updated, whole.number - c.created - c.updated AS unchanged
FROM (SELECT coalesce(sum(jsonb_array_length(rows)), 0)::integer AS number FROM input) AS whole,
     (SELECT (count(*) FILTER (WHERE created))::integer AS created,
             (count(*) FILTER (WHERE NOT created))::integer AS updated FROM written) AS c
