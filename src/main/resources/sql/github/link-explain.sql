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
), texts AS MATERIALIZED (
    SELECT s.place, s.source, s.searched, NULL::text AS sha
    FROM asked JOIN github_pulls p ON p.project_id = :#${header.projectId}::bigint AND p.repository_id = asked.repository_id
        AND p.number::text = asked.ref,
        LATERAL (VALUES (1, 'branch', p.head_ref), (2, 'title', p.title), (3, 'body', p.body)) AS s (place, source, searched)
    WHERE asked.kind = 'pull' AND s.searched IS NOT NULL
    UNION ALL
    SELECT 4, 'message', c.message, c.sha
    FROM asked JOIN github_pull_commits pc ON pc.project_id = :#${header.projectId}::bigint
        AND pc.repository_id = asked.repository_id AND pc.pull_number::text = asked.ref
    JOIN github_commits c ON c.project_id = pc.project_id AND c.repository_id = pc.repository_id AND c.sha = pc.sha
    WHERE asked.kind = 'pull'
    UNION ALL
    SELECT 1, 'message', c.message, c.sha
    FROM asked JOIN github_commits c ON c.project_id = :#${header.projectId}::bigint AND c.repository_id = asked.repository_id
        AND c.sha = asked.ref
    WHERE asked.kind = 'commit'
    UNION ALL
    SELECT 1, 'branch', asked.ref, NULL FROM asked WHERE asked.kind = 'branch'
    UNION ALL
    SELECT s.place, s.source, s.searched, NULL
    FROM asked JOIN github_issues i ON i.project_id = :#${header.projectId}::bigint AND i.repository_id = asked.repository_id
        AND i.number::text = asked.ref,
        LATERAL (VALUES (1, 'title', i.title), (2, 'body', i.body)) AS s (place, source, searched)
    WHERE asked.kind = 'issue' AND s.searched IS NOT NULL
), candidates AS MATERIALIZED (
    SELECT t.place, t.source, t.sha, c.candidate, c.problem, c.at,
           CASE WHEN c.problem IS NULL THEN jira_ticket_of(:#${header.projectId}::bigint, c.candidate) END AS ticket_id
    FROM texts t, jira_key_candidates(t.searched) WITH ORDINALITY AS c (candidate, problem, at)
), once AS MATERIALIZED (
    SELECT DISTINCT ON (place, source, sha, upper(candidate)) * FROM candidates
    ORDER BY place, source, sha, upper(candidate), (problem IS NOT NULL), at
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
                             'text', o.candidate, 'sha', o.sha)) ORDER BY o.place, o.sha, o.at), '[]')
                      FROM (SELECT ticket_id, source, candidate, sha, place, at FROM once
                            UNION ALL
                            SELECT rl.ticket_id, 'remote-link', rl.url, NULL, 9, 0
                            FROM asked, github_remote_linked(:#${header.projectId}::bigint, asked.repository_id, asked.kind, asked.ref) AS rl
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
                               'sha', o.sha)) ORDER BY o.place, o.sha, o.at), '[]')
                        FROM once o WHERE o.ticket_id IS NULL),
           'searched', (SELECT json_agg(json_strip_nulls(json_build_object('source', t.source, 'text', t.searched, 'sha', t.sha))
                                        ORDER BY t.place, t.sha) FROM texts t))::text
        WHERE EXISTS (SELECT FROM asked)) AS item
