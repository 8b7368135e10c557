-- Fills a project GROW with :rows tickets, commits, events and audit entries, and with :few of each of the rest that grows.
-- Dates are in no order of the rows; the oldest twentieth of the tickets is the backlog.
INSERT INTO projects (name, key) VALUES ('Growth', 'GROW') ON CONFLICT (key) DO NOTHING;
INSERT INTO jira_sync_state (project_id, last_full_at) SELECT id, now() FROM projects WHERE key = 'GROW' ON CONFLICT DO NOTHING;
INSERT INTO jira_tickets (project_id, jira_id, jira_key, project_key, issue_type, hierarchy_level, summary, description,
    priority, status, status_category, resolution, resolution_date, due_date, assignee, assignee_id, reporter, reporter_id,
    labels, components, fix_versions, sprints, story_points, parent_key, custom_fields, created_date, updated_date,
    content_hash, last_synced, sync_status)
SELECT p.id, g, 'GROW-' || g, 'GROW', (ARRAY['Bug', 'Story', 'Task', 'Epic'])[1 + r.b % 4], 0,
    (ARRAY['Payment', 'Login', 'Report', 'Search', 'Export'])[1 + g % 5] || ' ticket of component ' || g * 7919 % 1000 || ' number ' || g,
    repeat('The gateway answers late when customer ' || md5(g::text) || ' asks. ', 6),
    CASE WHEN g % 10 < 9 THEN (ARRAY['High', 'Medium', 'Low'])[1 + r.a % 3] END,
    CASE WHEN g * 7919 % :rows < :rows / 20 THEN 'Backlog' ELSE (ARRAY['To Do', 'In Progress', 'Done', 'Done'])[1 + r.c % 4] END,
    (ARRAY['To Do', 'In Progress', 'Done', 'Done'])[1 + r.c % 4],
    CASE WHEN r.b % 2 = 0 THEN 'Fixed' END,
    CASE WHEN r.b % 2 = 0 THEN timestamptz '2015-01-01' + g * 6007 % :rows * interval '3 min' END,
    CASE WHEN g % 5 = 0 THEN date '2015-01-01' + (g % 4000)::integer END,
    CASE WHEN g % 7 <> 0 THEN 'User Number ' || r.a % 400 END, CASE WHEN g % 7 <> 0 THEN '5b10ac8d82e05b22cc7d' || r.a % 400 END,
    'User Number ' || r.b % 170, '5b10ac8d82e05b22cc7d' || r.b % 170,
    jsonb_build_array('label' || r.a % 20, 'area' || r.b % 300), jsonb_build_array('Component ' || r.b % 80),
    jsonb_build_array('1.' || r.a % 50), jsonb_build_array(jsonb_build_object('name', 'Sprint ' || r.b % 200, 'state', 'closed')),
    CASE WHEN r.b % 3 = 0 THEN r.a % 13 END, CASE WHEN g % 4 <> 3 THEN 'GROW-' || 1 + g / 40 END,
    jsonb_build_object('Team', 'Team ' || g % 30, 'Severity', 'S' || g % 4),
    timestamptz '2015-01-01' + g * 104729 % :rows * interval '3 min',
    CASE WHEN g % 1000 <> 999 THEN timestamptz '2015-01-01' + g * 7919 % :rows * interval '3 min' END,
    encode(sha256(g::text::bytea), 'hex'), timestamptz '2026-01-01' + g * interval '1 ms',
    CASE WHEN g % 50 = 0 THEN 'deleted' ELSE 'synced' END
FROM generate_series(1, :rows::bigint) g, projects p,
    LATERAL (SELECT abs(hashint8(g)::bigint) AS a, abs(hashint8(g + 7919)::bigint) AS b, abs(hashint8(g + 104729)::bigint) AS c) r WHERE p.key = 'GROW';
INSERT INTO jira_ticket_search (ticket_id, project_id, content_hash, text, document)
SELECT id, project_id, content_hash, lower(concat_ws(' ', jira_key, summary, description)),
    to_tsvector('simple', concat_ws(' ', jira_key, summary, description))
FROM jira_tickets;
INSERT INTO jira_comments (ticket_id, comment_id, author, body, created_at, updated_at)
SELECT id, id, 'User', 'A comment', now(), now() FROM jira_tickets;
INSERT INTO jira_worklogs (ticket_id, worklog_id, author, comment, started_at, seconds, created_at, updated_at)
SELECT id, id, 'User', 'A worklog', now(), 60, now(), now() FROM jira_tickets;
INSERT INTO jira_ticket_errors (project_id, jira_id, jira_key, reason, payload, created_at)
SELECT p.id, g, 'GROW-' || g, 'It has no key.', '{}', timestamptz '2015-01-01' + g * 7919 % :rows * interval '3 min'
FROM generate_series(1, :few) g, projects p WHERE p.key = 'GROW';
INSERT INTO jira_remote_link_writes (ticket_id, global_id, project_id, repository_id, kind, ref, payload, state, created_at)
SELECT t.id, 'pull-' || t.id, t.project_id, 1, 'pull', t.jira_id, '{}', CASE WHEN t.jira_id % 100 = 0 THEN 'failed' ELSE 'written' END,
    timestamptz '2015-01-01' + t.jira_id * 7919 % :rows * interval '3 min'
FROM jira_tickets t WHERE t.jira_id <= :few;

INSERT INTO github_repositories (project_id, repository_id, full_name, default_branch, html_url)
SELECT p.id, g, 'octo-org/repository-' || g, 'main', 'https://github.com/octo-org/repository-' || g
FROM generate_series(1, 50) g, projects p WHERE p.key = 'GROW';
INSERT INTO github_commits (project_id, repository_id, sha, message, author_name, author_email, author_login, authored_at, committed_at,
    additions, deletions, files_count, html_url)
SELECT p.id, 1 + floor(50 * power(g::float8 / :rows, 3))::bigint % 50, encode(sha1.hash, 'hex'), 'GROW-' || g || ' Change number ' || g,
    'Writer ' || g % 300, 'writer' || g % 300 || '@example.com', CASE WHEN g % 3 = 0 THEN 'bot' ELSE 'writer' || g % 300 END,
    timestamptz '2015-01-01' + g * 104729 % :rows * interval '3 min', timestamptz '2015-01-01' + g * 7919 % :rows * interval '3 min',
    g % 300, g % 70, 1 + g % 9, 'https://github.com/octo-org/repository/commit/' || g
FROM generate_series(1, :rows::bigint) g, projects p, LATERAL (SELECT substr(sha256(g::text::bytea), 1, 20) AS hash) sha1 WHERE p.key = 'GROW';
INSERT INTO github_commit_files (project_id, repository_id, sha, path, status, additions, deletions)
SELECT project_id, repository_id, sha, 'src/module' || row_id % 400 || '/File' || row_id % 20000 || '.java', 'modified', 3, 1 FROM github_commits;
INSERT INTO github_branches (project_id, repository_id, name, sha)
SELECT p.id, 1 + g % 50, 'feature/GROW-' || g, md5(g::text) FROM generate_series(1, :few) g, projects p WHERE p.key = 'GROW';
INSERT INTO github_tags (project_id, repository_id, name, sha)
SELECT p.id, 1 + g % 50, 'v1.' || g, md5(g::text) FROM generate_series(1, :few) g, projects p WHERE p.key = 'GROW';
INSERT INTO github_pulls (project_id, repository_id, number, id, title, state, author, labels, head_ref, base_ref, created_at, updated_at, merged_at)
SELECT p.id, 1 + g % 50, g, g, 'GROW-' || g || ' Pull request ' || g * 7919 % :rows, CASE WHEN g % 20 = 0 THEN 'open' ELSE 'closed' END,
    'writer' || g % 300, ARRAY['label' || g % 20], 'feature/' || g, 'main', timestamptz '2015-01-01' + g * 104729 % :rows * interval '3 min',
    timestamptz '2015-01-01' + g * 7919 % :rows * interval '3 min',
    CASE WHEN g % 20 > 1 THEN timestamptz '2015-01-01' + g * 6007 % :rows * interval '3 min' END
FROM generate_series(1, :few::bigint) g, projects p WHERE p.key = 'GROW';
INSERT INTO github_links (project_id, repository_id, kind, ref, source, jira_key)
SELECT project_id, repository_id, 'pull', number, 'title', 'GROW-' || number FROM github_pulls;
INSERT INTO github_issues (project_id, repository_id, number, id, title, state, author, created_at, updated_at)
SELECT p.id, 1 + g % 50, g, g, 'Issue ' || g * 7919 % :rows, CASE WHEN g % 20 = 0 THEN 'open' ELSE 'closed' END, 'writer' || g % 300,
    timestamptz '2015-01-01' + g * 104729 % :rows * interval '3 min', timestamptz '2015-01-01' + g * 7919 % :rows * interval '3 min'
FROM generate_series(1, :few::bigint) g, projects p WHERE p.key = 'GROW';
INSERT INTO github_workflow_runs (project_id, repository_id, id, name, event, status, conclusion, branch, sha, created_at, started_at,
    updated_at, duration_ms)
SELECT p.id, 1 + g % 50, g, 'Build ' || g % 30, CASE WHEN g % 500 = 0 THEN 'release' ELSE 'push' END, 'completed',
    CASE WHEN abs(hashint8(g)::bigint) % 10 = 0 THEN 'failure' ELSE 'success' END, CASE WHEN g % 2 = 0 THEN 'main' ELSE 'feature/' || g % 1000 END, md5(g::text),
    moment.at, moment.at, moment.at, CASE WHEN g % 30 <> 0 THEN g * 7919 % 1000000 END
FROM generate_series(1, :few::bigint) g, projects p,
    LATERAL (SELECT timestamptz '2015-01-01' + g * 7919 % :rows * interval '3 min' AS at) moment WHERE p.key = 'GROW';
INSERT INTO github_deployments (project_id, repository_id, id, environment, sha, state, created_at, updated_at)
SELECT p.id, 1 + g % 50, g, CASE WHEN g % 10 = 0 THEN 'production' ELSE 'review-' || g % 200 END, md5(g::text), 'success',
    timestamptz '2015-01-01' + g * 7919 % :rows * interval '3 min', timestamptz '2015-01-01' + g * 104729 % :rows * interval '3 min'
FROM generate_series(1, :few::bigint) g, projects p WHERE p.key = 'GROW';
INSERT INTO github_releases (project_id, repository_id, id, tag_name, name, published_at)
SELECT p.id, 1 + g % 50, g, 'v' || g, 'Release ' || g, CASE WHEN g % 100 <> 0 THEN timestamptz '2015-01-01' + g * 7919 % :rows * interval '3 min' END
FROM generate_series(1, :few::bigint) g, projects p WHERE p.key = 'GROW';
INSERT INTO github_set_aside (project_id, repository_id, stream, ref, reason, payload, created_at)
SELECT p.id, 1 + g % 50, 'pulls', g, 'It has no title.', '{}', timestamptz '2015-01-01' + g * 7919 % :rows * interval '3 min'
FROM generate_series(1, :few::bigint) g, projects p WHERE p.key = 'GROW';

INSERT INTO source_items (project_id, source, stream, item_id, title, state, author, created_at, updated_at, jira_keys, hash)
SELECT p.id, 'gitlab', CASE WHEN g % 50 = 0 THEN 'merges' ELSE 'issues' END, g, 'Item ' || md5(g::text), CASE WHEN g % 20 = 0 THEN 'opened' ELSE 'closed' END,
    'writer' || g % 300, timestamptz '2015-01-01' + g * 104729 % :rows * interval '3 min',
    timestamptz '2015-01-01' + g * 7919 % :rows * interval '3 min', ARRAY['GROW-' || g], ''
FROM generate_series(1, :few::bigint) g, projects p WHERE p.key = 'GROW';
INSERT INTO source_set_aside (project_id, source, stream, item_id, reason, payload, created_at)
SELECT p.id, 'gitlab', 'issues', g, 'It has no title.', '{}', timestamptz '2015-01-01' + g * 7919 % :rows * interval '3 min'
FROM generate_series(1, :few::bigint) g, projects p WHERE p.key = 'GROW';
INSERT INTO sync_logs (project_id, source, sync_type, status, started_at, completed_at)
SELECT p.id, 'jira', CASE WHEN g % 100 = 0 THEN 'full' ELSE 'scheduled' END, CASE WHEN g % 50 = 0 THEN 'failed' ELSE 'completed' END,
    timestamptz '2015-01-01' + g * 7919 % :rows * interval '3 min', timestamptz '2015-01-01' + g * 7919 % :rows * interval '3 min'
FROM generate_series(1, :few::bigint) g, projects p WHERE p.key = 'GROW';
INSERT INTO webhook_events (integration_type, project_id, event_type, delivery_id, entity, payload, payload_length, trace_id, status, created_at)
SELECT CASE WHEN g % 3 = 0 THEN 'github' ELSE 'jira' END, p.id, CASE WHEN g % 1000 = 0 THEN 'release' ELSE 'jira:issue_updated' END, g,
    'issue/GROW-' || g % 5000, '\x7b7d', 2, 'trace', CASE WHEN g % 500 = 0 THEN 'dead' WHEN g % 100 = 1 THEN 'ignored' ELSE 'processed' END,
    now() - (:rows - g) * interval '100 ms'
FROM generate_series(1, :rows::bigint) g, projects p WHERE p.key = 'GROW';
INSERT INTO audit_log (at, actor, action, target, before, after)
SELECT now() - (:rows - g) * interval '1 min', 'user' || g % 40, CASE WHEN g % 100 = 0 THEN 'token.create' ELSE 'config.save' END, 'project GROW',
    jsonb_build_object('number', g), jsonb_build_object('number', g + 1)
FROM generate_series(1, :rows::bigint) g;
