-- What the stored rows say of a repository, for its analysis. Commits are those that a branch leads to. An author is a person:
-- commits of the same login or the same e-mail address are of one. All weeks and days are UTC's.
WITH known AS MATERIALIZED (
    SELECT a.*, r.default_branch
    FROM github_analyses a
    LEFT JOIN github_repositories r ON r.project_id = a.project_id AND r.repository_id = a.repository_id
    WHERE a.project_id = :#${variable.projectId}::bigint AND a.repository_id = :#${variable.repositoryId}::bigint
), base AS MATERIALIZED (
    -- A new commit is compared with the last analysis, and the same commit with what it was compared with before.
    SELECT CASE WHEN analysis IS NULL OR commit_sha IS NOT DISTINCT FROM files_sha THEN known.base
                ELSE jsonb_build_object(
                    'since', iso(analyzed_at), 'fromSha', commit_sha, 'lastCommit', last_commit,
                    -- What is older is history that came in later, not news.
                    'headAt', (SELECT c.committed_at FROM github_commits c
                               WHERE c.project_id = known.project_id AND c.repository_id = known.repository_id
                                 AND c.sha = known.commit_sha),
                    'languages', analysis::jsonb -> 'languages',
                    'coverage', analysis::jsonb -> 'analysis' -> 'testCoverage' -> 'estimatedPercent') END AS base
    FROM known
), left_out AS (
    -- What commits changed in files that nobody here has written.
    SELECT cf.sha, sum(cf.additions) AS additions, sum(cf.deletions) AS deletions
    FROM known
    JOIN github_files f USING (project_id, repository_id)
    JOIN github_commit_files cf USING (project_id, repository_id, path)
    WHERE coalesce(f.told, f.kind) IN ('generated', 'vendored', 'recorded')
    GROUP BY cf.sha
), raw AS MATERIALIZED (
    SELECT c.sha, c.row_id, c.committed_at, coalesce(c.additions, 0) AS additions, coalesce(c.deletions, 0) AS deletions,
           greatest(coalesce(c.additions, 0) - coalesce(left_out.additions, 0), 0) AS own_additions,
           greatest(coalesce(c.deletions, 0) - coalesce(left_out.deletions, 0), 0) AS own_deletions,
           nullif(lower(c.author_email), '') AS email, nullif(c.author_login, '') AS login, nullif(c.author_name, '') AS name
    FROM known JOIN github_commits c USING (project_id, repository_id) LEFT JOIN left_out USING (sha)
    WHERE c.reachable
), logins AS (
    SELECT email, max(login) AS login FROM raw WHERE email IS NOT NULL AND login IS NOT NULL GROUP BY email
), commits AS MATERIALIZED (
    SELECT raw.*, coalesce(lower(raw.login), lower(logins.login), raw.email, lower(raw.name), '?') AS person,
           coalesce(raw.login, logins.login, raw.name, raw.email, '?') AS shown
    FROM raw LEFT JOIN logins USING (email)
), people AS MATERIALIZED (
    SELECT person, (array_agg(shown ORDER BY committed_at DESC))[1] AS shown, count(*) AS commits,
           sum(own_additions) AS additions, sum(own_deletions) AS deletions, min(row_id) AS first_commit,
           min(committed_at) AS first_at, max(committed_at) AS last_at
    FROM commits GROUP BY person
), lines AS (
    SELECT sum(additions + deletions) AS lines, sum(commits) AS commits FROM people
), changed AS MATERIALIZED (
    SELECT f.path, count(*) AS commits, sum(f.additions) AS additions, sum(f.deletions) AS deletions,
           count(DISTINCT c.person) AS authors
    FROM known
    JOIN github_commit_files f USING (project_id, repository_id)
    JOIN commits c ON c.sha = f.sha
    GROUP BY f.path
), weeks AS (
    SELECT week::date AS week, count(c.sha) AS commits, count(DISTINCT c.person) AS authors,
           coalesce(sum(c.additions), 0) AS additions, coalesce(sum(c.deletions), 0) AS deletions
    FROM generate_series(date_trunc('week', now() AT TIME ZONE 'UTC') - interval '25 weeks',
                         date_trunc('week', now() AT TIME ZONE 'UTC'), interval '1 week') AS week
    LEFT JOIN commits c
           ON c.committed_at >= week AT TIME ZONE 'UTC' AND c.committed_at < (week + interval '1 week') AT TIME ZONE 'UTC'
    GROUP BY week
), pulls AS MATERIALIZED (
    SELECT p.number, p.state, p.author, p.created_at, p.merged_at, p.head_ref, p.head_repository
    FROM known JOIN github_pulls p USING (project_id, repository_id)
), reviewed AS (
    SELECT p.number, min(v.submitted_at) - p.created_at AS after
    FROM known
    JOIN github_reviews v USING (project_id, repository_id)
    JOIN pulls p ON p.number = v.pull_number
    WHERE v.submitted_at IS NOT NULL AND v.reviewer IS DISTINCT FROM p.author
    GROUP BY p.number, p.created_at
), pull_figures AS (
    SELECT count(*) FILTER (WHERE state = 'open') AS open, count(merged_at) AS merged,
           count(*) FILTER (WHERE state <> 'open' AND merged_at IS NULL) AS closed_unmerged,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM merged_at - created_at) / 3600) AS median,
           percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM merged_at - created_at) / 3600) AS p90
    FROM pulls
), releases AS (
    SELECT l.tag_name, l.published_at, l.published_at - lag(l.published_at) OVER (ORDER BY l.published_at) AS gap
    FROM known JOIN github_releases l USING (project_id, repository_id)
    WHERE NOT l.draft
), heads AS MATERIALIZED (
    SELECT b.name, b.name = known.default_branch AS main, c.committed_at,
           extract(epoch FROM now() - c.committed_at) / 86400 AS age,
           EXISTS (SELECT FROM pulls p WHERE p.state = 'open' AND p.head_ref = b.name
                   AND (p.head_repository IS NULL OR lower(p.head_repository) = lower(known.full_name))) AS open_pull
    FROM known
    JOIN github_branches b USING (project_id, repository_id)
    LEFT JOIN github_commits c ON c.project_id = b.project_id AND c.repository_id = b.repository_id AND c.sha = b.sha
)
SELECT json_build_object(
    'repository', known.full_name, 'commitSha', known.files_sha, 'analyzedAt', iso(now()), 'languages', known.languages,
    'truncated', known.truncated, 'lastCommit', (SELECT max(row_id) FROM raw), 'base', base.base, 'delta', known.delta,
    'mostChangedFiles', (SELECT coalesce(json_agg(json_build_object(
            'path', path, 'commits', commits, 'additions', additions, 'deletions', deletions, 'authors', authors)
            ORDER BY commits DESC, additions + deletions DESC, path), '[]')
        FROM (SELECT changed.* FROM known JOIN github_files f USING (project_id, repository_id)
              JOIN changed ON changed.path = f.path
              WHERE coalesce(f.told, f.kind) NOT IN ('vendored', 'generated', 'recorded')
              ORDER BY commits DESC, additions + deletions DESC, changed.path LIMIT 20) AS top),
    'ownership', (SELECT coalesce(json_agg(json_build_object(
            'author', shown, 'commits', commits, 'additions', additions, 'deletions', deletions, 'share', share)
            ORDER BY share DESC, commits DESC, shown), '[]')
        FROM (SELECT people.*, round(CASE WHEN lines.lines > 0 THEN (additions + deletions)::numeric / lines.lines
                                          ELSE people.commits::numeric / lines.commits END, 4) AS share
              FROM people, lines ORDER BY share DESC, people.commits DESC, shown LIMIT 20) AS top),
    'activity', json_build_object(
        'weeks', (SELECT json_agg(json_build_object('week', week, 'commits', commits, 'authors', authors,
                                                    'additions', additions, 'deletions', deletions) ORDER BY week) FROM weeks),
        'commits', (SELECT count(*) FROM commits),
        'commitsLast30Days', (SELECT count(*) FROM commits WHERE committed_at > now() - interval '30 days'),
        'activeAuthors30Days', (SELECT count(*) FROM people WHERE last_at > now() - interval '30 days'),
        'activeAuthors90Days', (SELECT count(*) FROM people WHERE last_at > now() - interval '90 days'),
        'lastCommitAt', (SELECT iso(max(committed_at)) FROM commits),
        'pulls', (SELECT json_build_object('open', open, 'merged', merged, 'closedUnmerged', closed_unmerged,
                'medianLeadTimeHours', round(median::numeric, 1), 'p90LeadTimeHours', round(p90::numeric, 1),
                'medianReviewHours', (SELECT round((percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM after)) / 3600)::numeric, 1)
                                      FROM reviewed))
            FROM pull_figures),
        'releases', (SELECT json_build_object('count', count(*),
                'lastTag', (array_agg(tag_name ORDER BY published_at DESC NULLS LAST))[1], 'lastPublishedAt', iso(max(published_at)),
                'medianDaysBetween', round((percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM gap)) / 86400)::numeric, 1))
            FROM releases)),
    'branching', (SELECT json_build_object('branches', count(*), 'main', max(name) FILTER (WHERE main),
            'active', count(*) FILTER (WHERE age <= 30), 'stale', count(*) FILTER (WHERE age > 90 AND main IS NOT TRUE),
            'medianAgeDays', round((percentile_cont(0.5) WITHIN GROUP (ORDER BY age))::numeric, 1),
            'develop', min(name) FILTER (WHERE name ~* '^(develop|development|dev)$'),
            'names', coalesce(json_agg(name), '[]'),
            'hotfixes', count(*) FILTER (WHERE name ~* '^hotfix(es)?[-/]'),
            'others', count(*) FILTER (WHERE main IS NOT TRUE AND age <= 30),
            'oldest', (SELECT coalesce(json_agg(json_build_object('name', name, 'lastCommitAt', iso(committed_at),
                    'ageDays', round(age::numeric, 1), 'stale', coalesce(age > 90, false), 'openPull', open_pull)
                    ORDER BY committed_at NULLS LAST, name), '[]')
                FROM (SELECT * FROM heads WHERE main IS NOT TRUE ORDER BY committed_at NULLS LAST, name LIMIT 20) AS top))
        FROM heads),
    'history', (SELECT json_build_object(
            'branches', bool_or(stream = 'branches') IS TRUE, 'commits', bool_or(stream = 'commits') IS TRUE,
            'pulls', bool_or(stream = 'pulls') IS TRUE, 'releases', bool_or(stream = 'releases') IS TRUE,
            'files', EXISTS (SELECT FROM known JOIN github_commit_files USING (project_id, repository_id)),
            'unwalked', (SELECT count(*) FROM known JOIN github_branches b USING (project_id, repository_id)
                         WHERE b.sha IS NOT NULL AND b.sha IS DISTINCT FROM b.walked_sha),
            'left', (SELECT count(*) FROM known JOIN github_histories USING (project_id, repository_id)))
        FROM known JOIN sync_stream_state s
             ON s.project_id = known.project_id AND s.source = 'github' AND s.scope = known.repository_id::text),
    'since', CASE WHEN base.base IS NOT NULL THEN json_build_object(
        'commits', (SELECT count(*) FROM commits WHERE row_id > coalesce((base.base ->> 'lastCommit')::bigint, 0)
                    AND committed_at > coalesce((base.base ->> 'headAt')::timestamptz, '-infinity')),
        'pullsMerged', (SELECT count(*) FROM pulls WHERE merged_at > (base.base ->> 'since')::timestamptz),
        'newAuthors', (SELECT coalesce(json_agg(shown ORDER BY shown), '[]') FROM people
                       WHERE first_commit > coalesce((base.base ->> 'lastCommit')::bigint, 0)
                         AND first_at > coalesce((base.base ->> 'headAt')::timestamptz, '-infinity'))) END)::text AS facts
FROM known, base
