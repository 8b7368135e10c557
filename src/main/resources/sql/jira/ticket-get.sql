-- One ticket by its key, or by a key that it had before, with what webhooks said of its changes, its links out of Jira, its
-- pull requests and its commits (the last 500).
SELECT t.id, json_build_object('id', t.id, 'jiraKey', t.jira_key, 'jiraId', t.jira_id::text,
    'projectKey', t.project_key, 'issueType', t.issue_type, 'hierarchyLevel', t.hierarchy_level, 'summary', t.summary,
    'description', t.description, 'priority', t.priority, 'status', t.status,
    'statusCategory', t.status_category, 'resolution', t.resolution, 'resolutionDate', iso(t.resolution_date), 'assignee', t.assignee,
    'assigneeId', t.assignee_id, 'reporter', t.reporter, 'reporterId', t.reporter_id, 'labels', t.labels,
    'components', t.components, 'fixVersions', t.fix_versions, 'affectedVersions', t.affected_versions,
    'parentKey', t.parent_key, 'sprints', t.sprints, 'storyPoints', t.story_points, 'dueDate', t.due_date,
    'securityLevel', t.security_level, 'customFields', t.custom_fields, 'createdDate', iso(t.created_date),
    'updatedDate', iso(t.updated_date), 'contentHash', t.content_hash,
    'commentCount', (SELECT count(*) FROM jira_comments c WHERE c.ticket_id = t.id AND c.deleted_at IS NULL),
    'worklogCount', (SELECT count(*) FROM jira_worklogs w WHERE w.ticket_id = t.id AND w.deleted_at IS NULL),
    'commentsTruncated', EXISTS (SELECT FROM jira_discussion_queue q WHERE q.ticket_id = t.id AND q.list = 'comments'),
    'worklogsTruncated', EXISTS (SELECT FROM jira_discussion_queue q WHERE q.ticket_id = t.id AND q.list = 'worklogs'),
    'lastSynced', iso(greatest(t.last_synced, CASE WHEN t.sync_status <> 'deleted' THEN s.last_full_at END)),
    'syncStatus', t.sync_status, 'deletedReason', t.deleted_reason, 'url', jira_ticket_url(site.address, site.base_url, t.jira_key), 'traceId', t.trace_id,
    'changes', (SELECT json_agg(json_build_object('id', c.change_id, 'at', iso(c.at), 'author', c.author, 'field', c.field,
                                                  'from', c.from_text, 'to', c.to_text) ORDER BY c.at DESC, c.change_id, c.item)
                FROM jira_ticket_changes c WHERE c.ticket_id = t.id),
    'remoteLinks', (
        SELECT coalesce(json_agg(json_strip_nulls(json_build_object(
            'url', l.url, 'title', l.title, 'relationship', l.relationship, 'application', l.application,
            'byPlatform', EXISTS (SELECT FROM jira_remote_link_writes w
                                  WHERE w.ticket_id = l.ticket_id AND w.global_id = l.global_id))) ORDER BY l.link_id), '[]')
        FROM jira_remote_links l WHERE l.ticket_id = t.id),
    'pullRequests', (
        SELECT coalesce(json_agg(json_build_object(
            'repository', r.full_name, 'number', p.number, 'title', p.title, 'state', p.state, 'draft', p.draft,
            'author', coalesce(p.author, 'ghost'), 'updatedAt', iso(p.updated_at), 'mergedAt', iso(p.merged_at),
            'url', p.html_url) ORDER BY p.updated_at DESC, p.row_id DESC), '[]')
        FROM github_links_to(t.id) l
        JOIN github_pulls p ON p.project_id = t.project_id AND p.repository_id = l.repository_id
            AND p.number = CASE WHEN l.kind = 'pull' THEN l.ref::bigint END
        LEFT JOIN github_repositories r ON r.project_id = p.project_id AND r.repository_id = p.repository_id),
    'commits', (
        SELECT coalesce(json_agg(json_build_object(
            'repository', r.full_name, 'sha', c.sha, 'message', c.message, 'date', iso(c.authored_at),
            'author', coalesce(c.author_login, c.author_name), 'reachable', c.reachable, 'url', c.html_url)
            ORDER BY c.committed_at DESC, c.row_id DESC), '[]')
        FROM (SELECT c.* FROM github_links_to(t.id) l
              JOIN github_commits c ON c.project_id = t.project_id AND c.repository_id = l.repository_id AND c.sha = l.ref
              WHERE l.kind = 'commit' ORDER BY c.committed_at DESC LIMIT 500) AS c
        LEFT JOIN github_repositories r ON r.project_id = c.project_id AND r.repository_id = c.repository_id))::text AS item
FROM jira_tickets t
LEFT JOIN jira_sync_state s ON s.project_id = t.project_id
LEFT JOIN jira_sites site ON site.project_id = t.project_id AND site.site = t.site
WHERE t.project_id = :#${header.projectId}::bigint
  AND t.id = coalesce(
      (SELECT id FROM jira_tickets
       WHERE project_id = :#${header.projectId}::bigint AND jira_key = upper(:#${header.key})
       ORDER BY (sync_status = 'deleted'),
                (site IS DISTINCT FROM (SELECT site FROM jira_sync_state WHERE project_id = :#${header.projectId}::bigint)), id DESC LIMIT 1),
      (SELECT ticket_id FROM jira_ticket_keys
       WHERE project_id = :#${header.projectId}::bigint AND jira_key = upper(:#${header.key})
       ORDER BY valid_to DESC LIMIT 1))
