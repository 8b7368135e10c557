-- Stores a page of reviews and what follows from them for their pull requests: the last approval or request for changes
-- of each reviewer counts. A review that was dismissed stays so, whatever comes late.
WITH input AS MATERIALIZED (
    SELECT id AS project_id, :#${variable.repositoryId}::bigint AS repository_id, :#${variable.rows}::jsonb AS rows
    FROM projects WHERE id = :#${variable.projectId}::bigint
), page AS MATERIALIZED (
    SELECT DISTINCT ON (id) input.project_id, input.repository_id, r.*
    FROM input, ROWS FROM (jsonb_to_recordset(input.rows) AS (
        id bigint, pull_number bigint, reviewer text, state text, body text, commit_sha text, submitted_at timestamptz,
        html_url text
    )) WITH ORDINALITY AS r
    ORDER BY id, (state <> 'dismissed'), ordinality DESC
), written AS (
    INSERT INTO github_reviews AS t (
        project_id, repository_id, id, pull_number, reviewer, state, body, commit_sha, submitted_at, html_url, stored_at)
    SELECT
        project_id, repository_id, id, pull_number, reviewer, state, body, commit_sha, submitted_at, html_url, now()
    FROM page
    ORDER BY id -- one order for all writers, so that two never wait for each other
    ON CONFLICT (project_id, repository_id, id) DO UPDATE SET
        pull_number = excluded.pull_number, reviewer = excluded.reviewer, state = excluded.state, body = excluded.body,
        commit_sha = excluded.commit_sha, submitted_at = excluded.submitted_at, html_url = excluded.html_url,
        stored_at = now()
    WHERE (t.state <> 'dismissed' OR excluded.state = 'dismissed')
      AND (t.pull_number, t.reviewer, t.state, t.body, t.commit_sha, t.submitted_at, t.html_url)
          IS DISTINCT FROM (
           excluded.pull_number, excluded.reviewer, excluded.state, excluded.body, excluded.commit_sha,
           excluded.submitted_at, excluded.html_url)
    RETURNING (t.xmax = 0) AS created
), reviews AS (
    SELECT pull_number, reviewer, state, submitted_at, id FROM page
    UNION ALL
    SELECT r.pull_number, r.reviewer, r.state, r.submitted_at, r.id
    FROM input JOIN github_reviews r ON r.project_id = input.project_id AND r.repository_id = input.repository_id
    WHERE r.pull_number IN (SELECT pull_number FROM page) AND r.id NOT IN (SELECT id FROM page)
), last_words AS (
    SELECT DISTINCT ON (pull_number, reviewer) pull_number, state FROM reviews
    WHERE state IN ('approved', 'changes_requested', 'dismissed')
    ORDER BY pull_number, reviewer, submitted_at DESC, id DESC
), decisions AS (
    SELECT r.pull_number,
           CASE WHEN EXISTS (SELECT FROM last_words l WHERE l.pull_number = r.pull_number AND l.state = 'changes_requested')
                THEN 'changes_requested'
                WHEN EXISTS (SELECT FROM last_words l WHERE l.pull_number = r.pull_number AND l.state = 'approved')
                THEN 'approved' ELSE 'commented' END AS decision
    FROM (SELECT DISTINCT pull_number FROM reviews) AS r
), decided AS (
    UPDATE github_pulls t SET review_decision = d.decision
    FROM input, decisions d
    WHERE t.project_id = input.project_id AND t.repository_id = input.repository_id AND t.number = d.pull_number
      AND t.review_decision IS DISTINCT FROM d.decision
)
SELECT whole.number AS processed, c.created, c.updated, whole.number - c.created - c.updated AS unchanged
FROM (SELECT coalesce(sum(jsonb_array_length(rows)), 0)::integer AS number FROM input) AS whole,
     (SELECT (count(*) FILTER (WHERE created))::integer AS created,
             (count(*) FILTER (WHERE NOT created))::integer AS updated FROM written) AS c
