-- Compares the links that the pull requests and issues of a project want in Jira with those that were written, where anything
-- has come in since the last time: what is new or looks otherwise is to be written, what links no longer is to be removed.
WITH turn AS MATERIALIZED (
    SELECT c.project_id, c.updated_at FROM integration_configs c
    LEFT JOIN jira_remote_link_state s ON s.project_id = c.project_id
    WHERE c.integration_type = 'jira' AND c.is_active AND c.config_data ->> 'remoteLinks' = 'write'
      AND (s.compared_at IS NULL
        OR s.compared_at < c.updated_at
        OR s.compared_at < (SELECT max(p.stored_at) FROM github_pulls p WHERE p.project_id = c.project_id)
        OR s.compared_at < (SELECT max(i.stored_at) FROM github_issues i WHERE i.project_id = c.project_id)
        OR s.compared_at < (SELECT max(l.completed_at) FROM sync_logs l WHERE l.project_id = c.project_id)
        OR s.compared_at < now() - interval '1 hour')
), noted AS (
    INSERT INTO jira_remote_link_state AS s (project_id) SELECT project_id FROM turn
    ON CONFLICT (project_id) DO UPDATE SET compared_at = now()
), found AS MATERIALIZED (
    SELECT l.project_id, l.repository_id, l.kind, l.ref, upper(l.jira_key) AS key
    FROM turn JOIN github_links l USING (project_id) WHERE l.kind IN ('pull', 'issue')
    UNION
    SELECT c.project_id, c.repository_id, 'pull', c.pull_number::text, upper(l.jira_key)
    FROM turn JOIN github_pull_commits c USING (project_id)
    JOIN github_links l ON l.project_id = c.project_id AND l.repository_id = c.repository_id AND l.kind = 'commit' AND l.ref = c.sha
), tickets AS MATERIALIZED (
    SELECT keys.project_id, keys.key, jira_ticket_of(keys.project_id, keys.key) AS ticket_id
    FROM (SELECT DISTINCT project_id, key FROM found) AS keys
), linked AS MATERIALIZED (
    SELECT DISTINCT tickets.ticket_id, found.project_id, found.repository_id, found.kind, found.ref
    FROM found JOIN tickets USING (project_id, key) WHERE tickets.ticket_id IS NOT NULL
), wanted AS MATERIALIZED (
    SELECT l.*, 'system=github&id=' || l.repository_id || CASE l.kind WHEN 'pull' THEN '/pull/' ELSE '/issues/' END || l.ref AS global_id,
           x.title, x.url, x.resolved, r.full_name,
           CASE l.kind WHEN 'pull' THEN 'pull request' ELSE 'issue' END AS relationship
    FROM linked l
    JOIN github_repositories r ON r.project_id = l.project_id AND r.repository_id = l.repository_id
    CROSS JOIN LATERAL (
        SELECT p.title, p.html_url AS url, p.state <> 'open' AS resolved FROM github_pulls p
        WHERE p.project_id = l.project_id AND p.repository_id = l.repository_id
          AND p.number = CASE WHEN l.kind = 'pull' THEN l.ref::bigint END
        UNION ALL
        SELECT i.title, i.html_url, i.state <> 'open' FROM github_issues i
        WHERE i.project_id = l.project_id AND i.repository_id = l.repository_id
          AND i.number = CASE WHEN l.kind = 'issue' THEN l.ref::bigint END
    ) AS x
    WHERE x.url IS NOT NULL
), kept AS (
    INSERT INTO jira_remote_link_writes AS w (ticket_id, global_id, project_id, repository_id, kind, ref, payload)
    SELECT ticket_id, global_id, project_id, repository_id, kind, ref, jsonb_build_object(
        'globalId', global_id,
        'application', jsonb_build_object('type', 'com.github', 'name', 'GitHub'),
        'relationship', relationship,
        'object', jsonb_build_object(
            'url', url,
            -- Camel takes the sign itself for a parameter's.
            'title', left(full_name || chr(35) || ref || ': ' || title, 255),
            'icon', jsonb_build_object('url16x16', substring(url FROM '^https?://[^/]+') || '/favicon.ico', 'title', 'GitHub ' || relationship),
            'status', jsonb_build_object('resolved', resolved)))
    FROM wanted
    ON CONFLICT (ticket_id, global_id) DO UPDATE SET
        payload = excluded.payload, state = 'pending', attempts = 0, next_attempt_at = now(), error_message = NULL
        WHERE w.payload <> excluded.payload OR w.state = 'removing'
           -- What Jira refused is tried again when somebody has changed the connection, and now and then.
           OR (w.state = 'failed' AND w.next_attempt_at < greatest(now() - interval '1 day',
                  (SELECT turn.updated_at FROM turn WHERE turn.project_id = w.project_id)))
    RETURNING 1
), removed AS (
    UPDATE jira_remote_link_writes w SET state = 'removing', attempts = 0, next_attempt_at = now(), error_message = NULL
    FROM turn
    WHERE w.project_id = turn.project_id AND w.state <> 'removing'
      AND NOT EXISTS (SELECT FROM wanted WHERE wanted.ticket_id = w.ticket_id AND wanted.global_id = w.global_id)
    RETURNING 1
)
SELECT (SELECT count(*) FROM kept) AS kept, (SELECT count(*) FROM removed) AS removed
