-- The tickets of a project by the documented filters. Words are looked up in the search index; a ticket that waits for
-- it is read itself. Where no ticket has the words, parts of words and near misses count (trigrams).
-- sort: jiraKey = t.key_order :: text not null
-- sort: summary = left(t.summary, 100) :: text not null
-- sort: status = t.status :: text not null
-- sort: priority = t.priority :: text
-- sort: issueType = t.issue_type :: text
-- sort: assignee = t.assignee :: text
-- sort: reporter = t.reporter :: text
-- sort: resolution = t.resolution :: text
-- sort: resolutionDate = t.resolution_date :: timestamptz
-- sort: dueDate = t.due_date :: date
-- sort: createdDate = t.created_date :: timestamptz
-- sort: updatedDate = t.updated_date :: timestamptz
-- sort: lastSynced = t.last_synced :: timestamptz
-- sort: storyPoints = t.story_points :: float8
-- default: -updatedDate
-- tie: t.id
-- value: status = t.status
-- value: statusCategory = t.status_category
-- value: issueType = t.issue_type
-- value: priority = t.priority
-- value: assignee = t.assignee
-- value: resolution = t.resolution
-- value: labels = jsonb_array_elements_text(t.labels)
-- value: component = jsonb_array_elements_text(t.components)
-- value: fixVersion = jsonb_array_elements_text(t.fix_versions)
-- value: sprint = jsonb_array_elements(t.sprints) ->> 'name'
-- value: parentKey = t.parent_key
-- value: syncStatus = t.sync_status
WITH words AS (
    SELECT to_tsquery('simple', nullif(plainto_tsquery('simple', :search)::text, '') || ':*') AS query
    WHERE CAST(:search AS text) IS NOT NULL
), waiting AS MATERIALIZED (
    SELECT t.id, concat_ws(' ', t.jira_key, t.summary, t.description) AS text
    FROM (SELECT DISTINCT ticket_id FROM jira_search_queue WHERE CAST(:search AS text) IS NOT NULL) q
    JOIN jira_tickets t ON t.id = q.ticket_id
    WHERE t.project_id = :projectId
), by_words AS MATERIALIZED (
    SELECT s.ticket_id AS id FROM jira_ticket_search s, words
    WHERE s.project_id = :projectId AND s.document @@ words.query AND s.ticket_id NOT IN (SELECT id FROM waiting)
    UNION ALL
    SELECT waiting.id FROM waiting, words WHERE to_tsvector('simple', waiting.text) @@ words.query
), by_parts AS MATERIALIZED (
    SELECT s.ticket_id AS id FROM jira_ticket_search s
    WHERE CAST(:search AS text) IS NOT NULL AND NOT EXISTS (SELECT FROM by_words)
      AND s.project_id = :projectId AND s.ticket_id NOT IN (SELECT id FROM waiting)
      AND (s.text LIKE '%' || replace(replace(replace(lower(:search), '\', '\\'), '%', '\%'), '_', '\_') || '%'
           OR (lower(:search) ~ '^\w{4,}$' AND lower(:search) <% s.text))
    UNION ALL
    SELECT waiting.id FROM waiting
    WHERE NOT EXISTS (SELECT FROM by_words) AND strpos(lower(waiting.text), lower(:search)) > 0
)
SELECT /*item*/ json_build_object('id', t.id, 'jiraKey', t.jira_key, 'jiraId', t.jira_id::text,
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
    'lastSynced', iso(greatest(t.last_synced, CASE WHEN t.sync_status <> 'deleted' THEN s.last_full_at END)),
    'syncStatus', t.sync_status, 'deletedReason', t.deleted_reason, 'url', jira_ticket_url(site.address, site.base_url, t.jira_key)) AS item /*keys*/
FROM jira_tickets t
LEFT JOIN jira_sync_state s ON s.project_id = t.project_id
LEFT JOIN jira_sites site ON site.project_id = t.project_id AND site.site = t.site
WHERE t.project_id = :projectId
  AND (CAST(:status AS text) IS NULL OR t.status IN (:statusList))
  AND (CAST(:assignee AS text) IS NULL OR t.assignee IN (:assigneeList) OR t.assignee_id IN (:assigneeList))
  AND (CAST(:labelsJson AS text) IS NULL OR t.labels @> CAST(:labelsJson AS jsonb))
  AND (CAST(:issueType AS text) IS NULL OR t.issue_type IN (:issueTypeList))
  AND (CAST(:priority AS text) IS NULL OR t.priority IN (:priorityList))
  AND (CAST(:statusCategory AS text) IS NULL OR t.status_category IN (:statusCategoryList))
  AND (CAST(:resolution AS text) IS NULL OR t.resolution IN (:resolutionList))
  AND (CAST(:parentKey AS text) IS NULL OR t.parent_key IN (:parentKeyList))
  AND (CAST(:component AS text) IS NULL OR t.components @> ANY (each_alone(CAST(:componentWhole AS jsonb))))
  AND (CAST(:fixVersion AS text) IS NULL
       OR (t.fix_versions <> '[]' AND t.fix_versions @> ANY (each_alone(CAST(:fixVersionWhole AS jsonb)))))
  AND (CAST(:sprint AS text) IS NULL
       OR (t.sprints <> '[]' AND t.sprints @> ANY (each_named(CAST(:sprintWhole AS jsonb)))))
  AND (CAST(:updatedSince AS text) IS NULL OR t.updated_date >= CAST(:updatedSince AS timestamptz))
  AND (CASE WHEN CAST(:syncStatus AS text) IS NULL THEN t.sync_status <> 'deleted'
            WHEN :syncStatus = 'all' THEN true
            ELSE t.sync_status = :syncStatus END)
  AND (CAST(:search AS text) IS NULL OR t.id IN (SELECT id FROM by_words UNION ALL SELECT id FROM by_parts))
