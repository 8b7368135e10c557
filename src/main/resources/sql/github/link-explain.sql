-- Why a pull request, commit, branch or issue is linked to tickets or is not: its texts, and of each candidate in them what
-- became of it, and the links that people made in Jira. A commit may be named by the beginning of its SHA, so there may be
-- several. Where no repository is named, that counts which the connection names before the others that have it.
WITH found AS MATERIALIZED (
    SELECT x.repository_id, x.kind, x.ref, coalesce(named.place, 'infinity') AS place
    FROM (
        SELECT repository_id, 'pull' AS kind, number::text AS ref FROM github_pulls
        WHERE project_id = :#${header.projectId}::bigint
          AND number = CASE WHEN :#${variable.question.kind}::text = 'pull' THEN :#${variable.question.ref}::bigint END
        UNION ALL
        SELECT repository_id, 'commit', sha FROM github_commits
        WHERE project_id = :#${header.projectId}::bigint AND :#${variable.question.kind}::text = 'commit'
          AND starts_with(sha, :#${variable.question.ref}::text)
        UNION ALL
        SELECT repository_id, 'branch', name FROM github_branches
        WHERE project_id = :#${header.projectId}::bigint AND :#${variable.question.kind}::text = 'branch'
          AND name = :#${variable.question.ref}::text
        UNION ALL
        SELECT repository_id, 'issue', number::text FROM github_issues
        WHERE project_id = :#${header.projectId}::bigint
          AND number = CASE WHEN :#${variable.question.kind}::text = 'issue' THEN :#${variable.question.ref}::bigint END
    ) AS x
    LEFT JOIN github_repositories r ON r.project_id = :#${header.projectId}::bigint AND r.repository_id = x.repository_id
    LEFT JOIN (SELECT n.name, n.place::double precision AS place FROM integration_configs c, github_named(c.config_data) n
               WHERE c.project_id = :#${header.projectId}::bigint AND c.integration_type = 'github') AS named
           ON lower(named.name) = lower(r.full_name)
    WHERE :#${variable.question.repository}::text IS NULL OR lower(r.full_name) = lower(:#${variable.question.repository}::text)
), asked AS MATERIALIZED (
    SELECT repository_id, kind, ref FROM found WHERE place = (SELECT min(place) FROM found)
), pulls AS MATERIALIZED (
    -- The one that is asked about, or those that a commit merged: what links them links it.
    SELECT p.*, CASE WHEN asked.kind = 'commit' THEN p.number END AS merged, CASE WHEN asked.kind = 'commit' THEN 10 ELSE 0 END AS rank
    FROM asked, github_pulls_of(:#${header.projectId}::bigint, asked.repository_id, asked.kind, asked.ref) AS n
    JOIN github_pulls p ON p.project_id = :#${header.projectId}::bigint AND p.number = n
    WHERE p.repository_id = asked.repository_id
), texts AS MATERIALIZED (
    SELECT p.rank + s.place AS place, s.source, s.searched, NULL::text AS sha, p.merged AS pull, p.author
    FROM pulls p,
        LATERAL (VALUES (1, 'branch', p.head_ref), (2, 'title', p.title), (3, 'body', p.body)) AS s (place, source, searched)
    WHERE s.searched IS NOT NULL
    UNION ALL
    SELECT p.rank + 4, 'message', c.message, c.sha, p.merged, coalesce(c.author_login, c.author_name)
    FROM pulls p JOIN github_pull_commits pc ON pc.project_id = p.project_id AND pc.repository_id = p.repository_id
        AND pc.pull_number = p.number
    JOIN github_commits c ON c.project_id = pc.project_id AND c.repository_id = pc.repository_id AND c.sha = pc.sha
    UNION ALL
    SELECT 1, 'message', c.message, c.sha, NULL, coalesce(c.author_login, c.author_name)
    FROM asked JOIN github_commits c ON c.project_id = :#${header.projectId}::bigint AND c.repository_id = asked.repository_id
        AND c.sha = asked.ref
    WHERE asked.kind = 'commit'
    UNION ALL
    SELECT 1, 'branch', asked.ref, NULL, NULL, NULL FROM asked WHERE asked.kind = 'branch'
    UNION ALL
    SELECT s.place, s.source, s.searched, NULL, NULL, i.author
    FROM asked JOIN github_issues i ON i.project_id = :#${header.projectId}::bigint AND i.repository_id = asked.repository_id
        AND i.number::text = asked.ref,
        LATERAL (VALUES (1, 'title', i.title), (2, 'body', i.body)) AS s (place, source, searched)
    WHERE asked.kind = 'issue' AND s.searched IS NOT NULL
), candidates AS MATERIALIZED (
    SELECT t.place, t.source, t.sha, t.pull, c.candidate, c.problem, c.at,
           CASE WHEN c.problem IS NULL THEN jira_ticket_of(:#${header.projectId}::bigint, c.candidate) END AS ticket_id
    FROM texts t, jira_key_candidates(t.searched, t.author) WITH ORDINALITY AS c (candidate, problem, at)
), once AS MATERIALIZED (
    SELECT DISTINCT ON (place, source, sha, pull, upper(candidate)) * FROM candidates
    ORDER BY place, source, sha, pull, upper(candidate), (problem IS NOT NULL), at
), prefixes AS MATERIALIZED (
    -- The projects of Jira's that this one knows: that of its connection, and those whose keys its tickets bear or bore.
    SELECT upper(config_data ->> 'projectKey') AS prefix FROM integration_configs
    WHERE project_id = :#${header.projectId}::bigint AND integration_type = 'jira'
    UNION
    SELECT regexp_replace(jira_key, '-[0-9]+$', '') FROM jira_tickets WHERE project_id = :#${header.projectId}::bigint
    UNION
    SELECT regexp_replace(jira_key, '-[0-9]+$', '') FROM jira_ticket_keys WHERE project_id = :#${header.projectId}::bigint
)
SELECT (SELECT count(*) FROM asked)::integer AS found,
       (SELECT json_build_object(
           'linked', (SELECT coalesce(json_agg(json_strip_nulls(json_build_object('jiraKey', t.jira_key, 'from', o.source,
                             'text', o.candidate, 'sha', o.sha, 'pull', o.pull)) ORDER BY o.place, o.pull, o.sha, o.at), '[]')
                      FROM (SELECT ticket_id, source, candidate, sha, pull, place, at FROM once
                            UNION ALL
                            SELECT rl.ticket_id, 'remote-link', rl.url, NULL, NULL, 9, 0
                            FROM asked, github_remote_linked(:#${header.projectId}::bigint, asked.repository_id, asked.kind, asked.ref) AS rl
                            UNION ALL
                            SELECT rl.ticket_id, 'remote-link', rl.url, NULL, p.merged, 19, 0
                            FROM pulls p, github_remote_linked(p.project_id, p.repository_id, 'pull', p.number::text) AS rl
                            WHERE p.merged IS NOT NULL
                           ) AS o
                      JOIN jira_tickets t ON t.id = o.ticket_id),
           'rejected', (SELECT coalesce(json_agg(json_strip_nulls(json_build_object('candidate', o.candidate, 'from', o.source,
                               'reason', CASE
                                   WHEN o.problem IS NOT NULL THEN o.problem
                                   WHEN regexp_replace(upper(o.candidate), '-[0-9]+$', '') NOT IN (SELECT prefix FROM prefixes WHERE prefix IS NOT NULL)
                                   THEN regexp_replace(upper(o.candidate), '-[0-9]+$', '') || ' is no project key here'
                                   WHEN EXISTS (SELECT FROM jira_tickets t WHERE t.project_id = :#${header.projectId}::bigint
                                                AND t.jira_key = upper(o.candidate) AND t.sync_status = 'deleted')
                                   THEN 'the ticket ' || upper(o.candidate) || ' was deleted in Jira'
                                   ELSE 'no ticket ' || upper(o.candidate) || ' is known in this project' END,
                               'sha', o.sha, 'pull', o.pull)) ORDER BY o.place, o.pull, o.sha, o.at), '[]')
                        FROM once o WHERE o.ticket_id IS NULL),
           'searched', (SELECT json_agg(json_strip_nulls(json_build_object('source', t.source, 'text', t.searched, 'sha', t.sha, 'pull', t.pull))
                                        ORDER BY t.place, t.pull, t.sha) FROM texts t))::text
        WHERE EXISTS (SELECT FROM asked)) AS item
