-- One pull request with its reviews, files, commits and checks, and in how many repositories of the project there is such a
-- one.
WITH found AS MATERIALIZED (
    SELECT p.*, r.full_name FROM github_pulls p
    LEFT JOIN github_repositories r ON r.project_id = p.project_id AND r.repository_id = p.repository_id
    WHERE p.project_id = :#${header.projectId}::bigint AND p.number = :#${header.number}::bigint
      AND (:#${variable.repository}::text IS NULL OR lower(r.full_name) = lower(:#${variable.repository}::text))
)
SELECT (SELECT count(*) FROM found)::integer AS found,
       (SELECT json_build_object('number', p.number, 'title', p.title, 'body', p.body, 'state', p.state, 'draft', p.draft,
            'createdAt', iso(p.created_at), 'updatedAt', iso(p.updated_at), 'closedAt', iso(p.closed_at),
            'mergedAt', iso(p.merged_at), 'mergedBy', p.merged_by, 'mergeCommitSha', p.merge_commit_sha,
            'author', coalesce(p.author, 'ghost'), 'labels', p.labels, 'assignees', p.assignees,
            'requestedReviewers', p.requested, 'milestone', p.milestone, 'headRef', p.head_ref, 'headSha', p.head_sha,
            'headRepository', p.head_repository, 'baseRef', p.base_ref, 'reviewDecision', p.review_decision,
            'additions', p.additions, 'deletions', p.deletions, 'changedFiles', p.changed_files,
            'commitsCount', p.commits_count,
            'filesTruncated', coalesce(p.changed_files > 3000, false), 'comments', p.comments,
            'jiraKeys', github_jira_keys(p.project_id, p.repository_id, 'pull', p.number::text),
            'repository', p.full_name, 'url', p.html_url, 'detailsAt', iso(d.read_at),
            'reviews', (
                SELECT coalesce(json_agg(json_build_object(
                    'id', v.id, 'reviewer', coalesce(v.reviewer, 'ghost'), 'state', v.state, 'body', v.body,
                    'sha', v.commit_sha, 'submittedAt', iso(v.submitted_at), 'url', v.html_url)
                    ORDER BY v.submitted_at, v.id), '[]')
                FROM github_reviews v
                WHERE v.project_id = p.project_id AND v.repository_id = p.repository_id AND v.pull_number = p.number),
            'files', (
                SELECT coalesce(json_agg(json_strip_nulls(json_build_object(
                    'path', f.path, 'status', f.status, 'previousPath', f.previous_path, 'additions', f.additions,
                    'deletions', f.deletions)) ORDER BY f.path), '[]')
                FROM github_pull_files f
                WHERE f.project_id = p.project_id AND f.repository_id = p.repository_id AND f.pull_number = p.number),
            'commits', (
                SELECT coalesce(json_agg(json_build_object(
                    'sha', c.sha, 'message', c.message, 'author', coalesce(c.author_login, c.author_name),
                    'date', iso(c.authored_at), 'reachable', c.reachable, 'url', c.html_url)
                    ORDER BY c.committed_at, c.row_id), '[]')
                FROM github_pull_commits o
                JOIN github_commits c ON c.project_id = o.project_id AND c.repository_id = o.repository_id AND c.sha = o.sha
                WHERE o.project_id = p.project_id AND o.repository_id = p.repository_id AND o.pull_number = p.number),
            'checks', github_checks(p.project_id, p.repository_id, p.head_sha),
            'checkRuns', (
                SELECT coalesce(json_agg(json_build_object(
                    'id', k.id, 'name', k.name, 'app', k.app, 'status', k.status, 'conclusion', k.conclusion,
                    'startedAt', iso(k.started_at), 'completedAt', iso(k.completed_at), 'url', k.html_url)
                    ORDER BY k.name, k.id), '[]')
                FROM github_last_checks(p.project_id, p.repository_id, p.head_sha) k))::text
        FROM found p
        LEFT JOIN github_reads d ON d.project_id = p.project_id AND d.repository_id = p.repository_id
            AND d.stream = 'pull-details' AND d.ref = p.number::text AND d.problem IS NULL
        LIMIT 1) AS item
