-- The tickets of a project by the documented filters. Words are looked up in the search index; a ticket that waits for
-- it is read itself. Where no ticket has the words, parts of words and near misses count (trigrams).
-- sort: jiraKey = t.jira_key :: text
-- sort: summary = t.summary :: text
-- sort: status = t.status :: text
-- sort: priority = t.priority :: text
-- sort: issueType = t.issue_type :: text
-- sort: assignee = t.assignee :: text
-- sort: createdDate = t.created_date :: timestamptz
-- sort: updatedDate = t.updated_date :: timestamptz
-- sort: lastSynced = t.last_synced :: timestamptz
-- default: -updatedDate
-- tie: t.id
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
SELECT /*item*/ json_build_object('id', t.id, 'jiraKey', t.jira_key, 'jiraId', t.jira_id::text, 'issueType', t.issue_type, 'summary', t.summary,
    'description', t.description, 'priority', t.priority, 'status', t.status, 'assignee', t.assignee,
    'assigneeId', t.assignee_id, 'reporter', t.reporter, 'reporterId', t.reporter_id, 'labels', t.labels,
    'components', t.components, 'customFields', t.custom_fields, 'createdDate', iso(t.created_date),
    'updatedDate', iso(t.updated_date), 'contentHash', t.content_hash,
    'lastSynced', iso(greatest(t.last_synced, CASE WHEN t.sync_status <> 'deleted' THEN s.last_full_at END)),
    'syncStatus', t.sync_status, 'url', config.config_data ->> 'jiraUrl' || '/browse/' || t.jira_key) AS item /*keys*/
FROM jira_tickets t
LEFT JOIN jira_sync_state s ON s.project_id = t.project_id
LEFT JOIN integration_configs config ON config.project_id = t.project_id AND config.integration_type = 'jira'
WHERE t.project_id = :projectId
  AND (CAST(:status AS text) IS NULL OR t.status = :status)
  AND (CAST(:assignee AS text) IS NULL OR t.assignee = :assignee OR t.assignee_id = :assignee)
  AND (CAST(:labelsJson AS text) IS NULL OR t.labels @> CAST(:labelsJson AS jsonb))
  AND (CAST(:issueType AS text) IS NULL OR t.issue_type = :issueType)
  AND (CAST(:priority AS text) IS NULL OR t.priority = :priority)
  AND (CAST(:updatedSince AS text) IS NULL OR t.updated_date >= CAST(:updatedSince AS timestamptz))
  AND (CASE WHEN CAST(:syncStatus AS text) IS NULL THEN t.sync_status <> 'deleted'
            WHEN :syncStatus = 'all' THEN true
            ELSE t.sync_status = :syncStatus END)
  AND (CAST(:search AS text) IS NULL OR t.id IN (SELECT id FROM by_words UNION ALL SELECT id FROM by_parts))
