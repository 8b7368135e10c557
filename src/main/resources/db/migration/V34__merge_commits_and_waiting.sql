-- What a pull request is linked to, its merge commit is linked to as well: after a squash merge the key may stand only in the
-- name of a branch that is gone.

-- The pull requests that belong to something: a pull request itself, those that a commit merged.
CREATE FUNCTION github_pulls_of(project bigint, repository bigint, linked text, reference text) RETURNS SETOF bigint
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN linked = 'pull' THEN reference::bigint END WHERE linked = 'pull'
    UNION ALL
    SELECT p.number FROM github_pulls p
    WHERE linked = 'commit' AND p.project_id = project AND p.repository_id = repository
      AND p.merge_commit_sha = reference COLLATE "default" AND p.merged_at IS NOT NULL
$$;

-- As before (V21), with what links a merge commit's pull request.
CREATE OR REPLACE FUNCTION github_jira_keys(project bigint, repository bigint, linked text, reference text) RETURNS json
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    WITH pulls AS MATERIALIZED (
        SELECT n AS number FROM github_pulls_of(project, repository, linked, reference) AS n
    ), sources AS MATERIALIZED (
        SELECT linked COLLATE "C" AS kind, reference COLLATE "C" AS ref
        UNION
        SELECT 'pull', number::text COLLATE "C" FROM pulls
        UNION
        SELECT 'commit', c.sha COLLATE "C" FROM pulls,
               LATERAL (SELECT c.sha FROM github_pull_commits c
                        WHERE c.project_id = project AND c.repository_id = repository AND c.pull_number = pulls.number OFFSET 0) AS c
    )
    SELECT coalesce(json_agg(DISTINCT present.key ORDER BY present.key) FILTER (WHERE present.key IS NOT NULL), '[]')
    FROM (
        SELECT jira_ticket_of(project, l.jira_key) AS ticket
        FROM sources,
             LATERAL (SELECT l.jira_key FROM github_links l
                      WHERE l.project_id = project AND l.repository_id = repository AND l.kind = sources.kind
                        AND l.ref = sources.ref OFFSET 0) AS l
        UNION
        SELECT rl.ticket_id FROM github_remote_linked(project, repository, linked, reference) AS rl
        UNION
        SELECT rl.ticket_id FROM pulls, github_remote_linked(project, repository, 'pull', pulls.number::text) AS rl
    ) AS tickets,
    LATERAL (SELECT (SELECT t.jira_key FROM jira_tickets t WHERE t.id = tickets.ticket AND t.sync_status <> 'deleted') AS key)
        AS present
$$;

-- As before (V21), with the commits that merged pull requests.
CREATE OR REPLACE FUNCTION github_links_to(ticket bigint) RETURNS TABLE (repository_id bigint, kind text, ref text)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    WITH direct AS MATERIALIZED (
        SELECT l.project_id, l.repository_id, l.kind, l.ref
        FROM (SELECT t.project_id, t.jira_key FROM jira_tickets t WHERE t.id = ticket
              UNION SELECT k.project_id, k.jira_key FROM jira_ticket_keys k WHERE k.ticket_id = ticket) AS keys
        JOIN github_links l ON l.project_id = keys.project_id AND upper(l.jira_key) = keys.jira_key
        WHERE jira_ticket_of(l.project_id, l.jira_key) = ticket
        UNION
        SELECT rl.project_id, r.repository_id, rl.kind, rl.ref
        FROM jira_remote_links rl
        JOIN github_repositories r ON r.project_id = rl.project_id AND lower(r.html_url) COLLATE "C" = rl.repository_url
        WHERE rl.ticket_id = ticket
          AND NOT EXISTS (SELECT FROM jira_remote_link_writes w
                          WHERE w.ticket_id = rl.ticket_id AND w.global_id = rl.global_id)
    ), pulls AS MATERIALIZED (
        SELECT direct.project_id, direct.repository_id, direct.ref::bigint AS number FROM direct WHERE direct.kind = 'pull'
        UNION
        SELECT c.project_id, c.repository_id, c.pull_number FROM direct
        JOIN github_pull_commits c ON c.project_id = direct.project_id AND c.repository_id = direct.repository_id AND c.sha = direct.ref
        WHERE direct.kind = 'commit'
    )
    SELECT direct.repository_id, direct.kind, direct.ref FROM direct
    UNION
    SELECT pulls.repository_id, 'pull', pulls.number::text FROM pulls
    UNION
    SELECT p.repository_id, 'commit', p.merge_commit_sha FROM pulls
    JOIN github_pulls p ON p.project_id = pulls.project_id AND p.repository_id = pulls.repository_id AND p.number = pulls.number
    WHERE p.merged_at IS NOT NULL AND p.merge_commit_sha IS NOT NULL
$$;

-- How long something that may change has waited since it was read, for its age: what is new changes more often.
CREATE FUNCTION github_waited(read_at timestamptz, since timestamptz) RETURNS double precision LANGUAGE sql STABLE PARALLEL SAFE
RETURN extract(epoch FROM now() - read_at)::double precision / (60 + greatest(0, extract(epoch FROM now() - since)::double precision));
