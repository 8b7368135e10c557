-- What a project has of a source; what is gone there is left out.
-- sort: updatedAt = i.updated_at :: timestamptz
-- sort: createdAt = i.created_at :: timestamptz
-- sort: title = left(i.title, 100) :: text not null
-- sort: state = left(i.state, 100) :: text
-- default: -updatedAt
-- tie: i.row_id
SELECT /*item*/ json_strip_nulls(json_build_object('stream', i.stream, 'id', i.item_id, 'title', i.title, 'state', i.state,
    'author', i.author, 'createdAt', iso(i.created_at), 'updatedAt', iso(i.updated_at), 'url', i.url,
    'jiraKeys', present_jira_keys(i.project_id, i.jira_keys), 'data', i.data)) AS item
FROM source_items i
WHERE i.project_id = :projectId AND i.source = :ofSource AND i.gone_at IS NULL
  /*stream*/ AND i.stream = :stream
  /*state*/ AND left(i.state, 100) = left(:state, 100) AND i.state = :state
  /*jiraKey*/ AND i.jira_keys && ARRAY(
          SELECT t.jira_key FROM jira_tickets t WHERE t.id = jira_ticket_of(:projectId, :jiraKey)
          UNION SELECT k.jira_key FROM jira_ticket_keys k WHERE k.ticket_id = jira_ticket_of(:projectId, :jiraKey))
      -- A key that another ticket has taken over means that one.
      AND EXISTS (SELECT FROM unnest(i.jira_keys) k WHERE jira_ticket_of(:projectId, k) = jira_ticket_of(:projectId, :jiraKey))
  /*search*/ AND (lower(i.title) LIKE like_part(lower(:search)) OR i.item_id = :search)
