-- Stores a page of pull requests: what is newer than what is stored and differs from it, with the keys in its texts. A list
-- does not have the figures: they stay, until the head moves on.
WITH input AS MATERIALIZED (
    SELECT id AS project_id, :#${variable.repositoryId}::bigint AS repository_id, :#${variable.rows}::jsonb AS rows
    FROM projects WHERE id = :#${variable.projectId}::bigint
), page AS MATERIALIZED (
    SELECT DISTINCT ON (number) input.project_id, input.repository_id, r.*
    FROM input, ROWS FROM (jsonb_to_recordset(input.rows) AS (
        number bigint, id bigint, title text, body text, state text, draft boolean, author text, labels text[],
        assignees text[], requested text[], milestone text, head_ref text, head_sha text, head_repository text,
        base_ref text, base_sha text, merge_commit_sha text, merged_by text, created_at timestamptz,
        updated_at timestamptz, closed_at timestamptz, merged_at timestamptz, additions integer, deletions integer,
        changed_files integer, commits_count integer, comments integer, html_url text
    )) WITH ORDINALITY AS r
    ORDER BY number, updated_at DESC, (additions IS NULL), ordinality DESC
), written AS (
    INSERT INTO github_pulls AS t (
        project_id, repository_id, number, id, title, body, state, draft, author, labels, assignees, requested, milestone,
        head_ref, head_sha, head_repository, base_ref, base_sha, merge_commit_sha, merged_by, created_at, updated_at,
        closed_at, merged_at, additions, deletions, changed_files, commits_count, comments, html_url, stored_at)
    SELECT
        project_id, repository_id, number, id, title, body, state, draft, author, labels, assignees, requested, milestone,
        head_ref, head_sha, head_repository, base_ref, base_sha, merge_commit_sha, merged_by, created_at, updated_at,
        closed_at, merged_at, additions, deletions, changed_files, commits_count, comments, html_url, now()
    FROM page
    ORDER BY number -- one order for all writers, so that two never wait for each other
    ON CONFLICT (project_id, repository_id, number) DO UPDATE SET
        id = excluded.id, title = excluded.title, body = excluded.body, state = excluded.state, draft = excluded.draft,
        author = excluded.author, labels = excluded.labels, assignees = excluded.assignees,
        requested = excluded.requested, milestone = excluded.milestone, head_ref = excluded.head_ref,
        head_sha = excluded.head_sha, head_repository = excluded.head_repository, base_ref = excluded.base_ref,
        base_sha = excluded.base_sha, merge_commit_sha = coalesce(excluded.merge_commit_sha, t.merge_commit_sha),
        merged_by = coalesce(excluded.merged_by, t.merged_by), created_at = excluded.created_at,
        updated_at = excluded.updated_at, closed_at = excluded.closed_at, merged_at = excluded.merged_at,
        additions = coalesce(excluded.additions, CASE WHEN t.head_sha = excluded.head_sha THEN t.additions END),
        deletions = coalesce(excluded.deletions, CASE WHEN t.head_sha = excluded.head_sha THEN t.deletions END),
        changed_files = coalesce(excluded.changed_files, CASE WHEN t.head_sha = excluded.head_sha THEN t.changed_files END),
        commits_count = coalesce(excluded.commits_count, CASE WHEN t.head_sha = excluded.head_sha THEN t.commits_count END),
        comments = coalesce(excluded.comments, t.comments), html_url = excluded.html_url, stored_at = now()
    WHERE t.updated_at <= excluded.updated_at
      AND (t.id, t.title, t.body, t.state, t.draft, t.author, t.labels, t.assignees, t.requested, t.milestone, t.head_ref,
           t.head_sha, t.head_repository, t.base_ref, t.base_sha, t.merge_commit_sha, t.merged_by, t.created_at,
           t.updated_at, t.closed_at, t.merged_at, t.additions, t.deletions, t.changed_files, t.commits_count, t.comments,
           t.html_url)
          IS DISTINCT FROM (
           excluded.id, excluded.title, excluded.body, excluded.state, excluded.draft, excluded.author, excluded.labels,
           excluded.assignees, excluded.requested, excluded.milestone, excluded.head_ref, excluded.head_sha,
           excluded.head_repository, excluded.base_ref, excluded.base_sha,
           coalesce(excluded.merge_commit_sha, t.merge_commit_sha), coalesce(excluded.merged_by, t.merged_by),
           excluded.created_at, excluded.updated_at, excluded.closed_at, excluded.merged_at,
           coalesce(excluded.additions, CASE WHEN t.head_sha = excluded.head_sha THEN t.additions END),
           coalesce(excluded.deletions, CASE WHEN t.head_sha = excluded.head_sha THEN t.deletions END),
           coalesce(excluded.changed_files, CASE WHEN t.head_sha = excluded.head_sha THEN t.changed_files END),
           coalesce(excluded.commits_count, CASE WHEN t.head_sha = excluded.head_sha THEN t.commits_count END),
           coalesce(excluded.comments, t.comments), excluded.html_url)
    RETURNING t.project_id, t.repository_id, t.number, t.title, t.body, t.head_ref, t.author, (t.xmax = 0) AS created
), found AS MATERIALIZED (
    SELECT w.project_id, w.repository_id, w.number::text AS ref, s.source, k.jira_key
    FROM written w, LATERAL (VALUES ('title', w.title), ('body', w.body), ('branch', w.head_ref)) AS s (source, searched),
         jira_keys(s.searched, w.author) AS k (jira_key)
), unlinked AS (
    DELETE FROM github_links l USING written w
    WHERE l.project_id = w.project_id AND l.repository_id = w.repository_id AND l.kind = 'pull' AND l.ref = w.number::text
      AND NOT EXISTS (SELECT FROM found f WHERE f.ref = l.ref AND f.source = l.source AND f.jira_key = l.jira_key)
), linked AS (
    INSERT INTO github_links (project_id, repository_id, kind, ref, source, jira_key)
    SELECT project_id, repository_id, 'pull', ref, source, jira_key FROM found
    ON CONFLICT DO NOTHING
)
SELECT whole.number AS processed, c.created, c.updated, whole.number - c.created - c.updated AS unchanged
FROM (SELECT coalesce(sum(jsonb_array_length(rows)), 0)::integer AS number FROM input) AS whole,
     (SELECT (count(*) FILTER (WHERE created))::integer AS created,
             (count(*) FILTER (WHERE NOT created))::integer AS updated FROM written) AS c
