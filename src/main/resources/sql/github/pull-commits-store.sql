-- Stores a page of a pull request's commits under its present head; those of a former head go from it. A commit that is not
-- known is stored as one that no branch leads to: after a squash merge, or in a fork, none does.
WITH input AS MATERIALIZED (
    SELECT id AS project_id, :#${variable.repositoryId}::bigint AS repository_id, :#${variable.rows}::jsonb AS rows
    FROM projects WHERE id = :#${variable.projectId}::bigint
), page AS MATERIALIZED (
    SELECT DISTINCT ON (pull_number, sha) input.project_id, input.repository_id, r.*
    FROM input, ROWS FROM (jsonb_to_recordset(input.rows) AS (
        pull_number bigint, sha text, message text, author_name text, author_email text, author_login text,
        authored_at timestamptz, committer_name text, committer_email text, committer_login text,
        committed_at timestamptz, parents text[], html_url text
    )) WITH ORDINALITY AS r
    ORDER BY pull_number, sha, ordinality DESC
), headed AS MATERIALIZED (
    SELECT page.*, pull.head_sha FROM page
    LEFT JOIN github_pulls pull ON pull.project_id = page.project_id AND pull.repository_id = page.repository_id
        AND pull.number = page.pull_number
), written AS (
    INSERT INTO github_pull_commits AS t (
        project_id, repository_id, pull_number, sha, head_sha)
    SELECT
        project_id, repository_id, pull_number, sha, head_sha
    FROM headed
    ORDER BY pull_number, sha -- one order for all writers, so that two never wait for each other
    ON CONFLICT (project_id, repository_id, pull_number, sha) DO UPDATE SET
        head_sha = excluded.head_sha
    WHERE t.head_sha IS DISTINCT FROM excluded.head_sha
    RETURNING (t.xmax = 0) AS created
), gone AS (
    DELETE FROM github_pull_commits o USING (SELECT DISTINCT project_id, repository_id, pull_number, head_sha FROM headed) h
    WHERE o.project_id = h.project_id AND o.repository_id = h.repository_id AND o.pull_number = h.pull_number
      AND o.head_sha IS DISTINCT FROM h.head_sha
      AND NOT EXISTS (SELECT FROM headed WHERE headed.pull_number = o.pull_number AND headed.sha = o.sha)
), commits AS (
    INSERT INTO github_commits AS t (
        project_id, repository_id, sha, message, author_name, author_email, author_login, authored_at, committer_name,
        committer_email, committer_login, committed_at, parents, html_url, reachable)
    SELECT DISTINCT ON (sha)
        project_id, repository_id, sha, message, author_name, author_email, author_login, authored_at, committer_name,
        committer_email, committer_login, committed_at, parents, html_url, false
    FROM page
    ORDER BY sha
    ON CONFLICT (project_id, repository_id, sha) DO NOTHING
    RETURNING t.project_id, t.repository_id, t.sha, t.message, coalesce(t.author_login, t.author_name) AS author
), linked AS (
    INSERT INTO github_links (project_id, repository_id, kind, ref, source, jira_key)
    SELECT c.project_id, c.repository_id, 'commit', c.sha, 'message', k.jira_key
    FROM commits c, jira_keys(c.message, c.author) AS k (jira_key)
    ON CONFLICT DO NOTHING
)
SELECT whole.number AS processed, c.created, c.updated, whole.number - c.created - c.updated AS unchanged
FROM (SELECT coalesce(sum(jsonb_array_length(rows)), 0)::integer AS number FROM input) AS whole,
     (SELECT (count(*) FILTER (WHERE created))::integer AS created,
             (count(*) FILTER (WHERE NOT created))::integer AS updated FROM written) AS c
