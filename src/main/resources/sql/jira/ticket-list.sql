-- The tickets of a project by the documented filters, each with an index, most of them in the order of the latest change.
-- sort: jiraKey = t.key_order :: text not null
-- sort: summary = left(t.summary, 100) :: text not null
-- sort: status = t.status :: text not null then updatedDate
-- sort: priority = t.priority :: text then updatedDate
-- sort: issueType = t.issue_type :: text then updatedDate
-- sort: assignee = t.assignee :: text then updatedDate
-- sort: reporter = t.reporter :: text
-- sort: resolution = t.resolution :: text then updatedDate
-- sort: resolutionDate = t.resolution_date :: timestamptz
-- sort: dueDate = t.due_date :: date
-- sort: createdDate = t.created_date :: timestamptz
-- sort: updatedDate = coalesce(t.updated_date, '-infinity') :: timestamptz null as '-infinity'
-- sort: lastSynced = t.last_synced :: timestamptz not null
-- sort: storyPoints = t.story_points :: float8
-- default: -updatedDate
-- tie: t.id
-- search: jira/ticket-search
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
    'syncStatus', t.sync_status, 'deletedReason', t.deleted_reason, 'url', jira_ticket_url(site.address, site.base_url, t.jira_key)) AS item
FROM jira_tickets t
LEFT JOIN jira_sync_state s ON s.project_id = t.project_id
LEFT JOIN jira_sites site ON site.project_id = t.project_id AND site.site = t.site
WHERE t.project_id = :projectId
  /*status*/ AND t.status IN (:statusList)
  /*assignee*/ AND (t.assignee IN (:assigneeList) OR t.assignee_id IN (:assigneeList))
  /*labels*/ AND t.labels @> CAST(:labelsJson AS jsonb)
  /*issueType*/ AND t.issue_type IN (:issueTypeList)
  /*priority*/ AND t.priority IN (:priorityList)
  /*statusCategory*/ AND t.status_category IN (:statusCategoryList)
  /*resolution*/ AND t.resolution IN (:resolutionList)
  /*parentKey*/ AND t.parent_key IN (:parentKeyList)
  /*component*/ AND t.components <> '[]' AND t.components @> ANY (each_alone(CAST(:componentWhole AS jsonb)))
  /*fixVersion*/ AND t.fix_versions <> '[]' AND t.fix_versions @> ANY (each_alone(CAST(:fixVersionWhole AS jsonb)))
  /*sprint*/ AND t.sprints <> '[]' AND t.sprints @> ANY (each_named(CAST(:sprintWhole AS jsonb)))
  /*updatedSince*/ AND coalesce(t.updated_date, '-infinity') >= CAST(:updatedSince AS timestamptz)
  /*!syncStatus*/ AND t.sync_status <> 'deleted'
  /*syncStatus*/ AND (:syncStatus = 'all' OR t.sync_status = :syncStatus)
  /*hits*/ AND t.id IN (SELECT unnest(CAST(:hits AS bigint[])))
  /*words*/ AND CASE WHEN EXISTS (SELECT FROM jira_search_queue q WHERE q.ticket_id = t.id)
                     THEN to_tsvector('simple', concat_ws(' ', t.jira_key, t.summary, t.description)) @@ words_query(:search)
                     ELSE (SELECT s.document @@ words_query(:search) FROM jira_ticket_search s WHERE s.ticket_id = t.id) END
  /*parts*/ AND CASE WHEN EXISTS (SELECT FROM jira_search_queue q WHERE q.ticket_id = t.id)
                     THEN lower(concat_ws(' ', t.jira_key, t.summary, t.description)) LIKE like_part(lower(:search))
                     ELSE (SELECT s.text LIKE like_part(lower(:search))
                           FROM jira_ticket_search s WHERE s.ticket_id = t.id) END
  /*allWords*/ AND t.id IN (
      SELECT s.ticket_id FROM jira_ticket_search s
      WHERE s.project_id = :projectId AND s.document @@ words_query(:search)
        AND NOT EXISTS (SELECT FROM jira_search_queue q WHERE q.ticket_id = s.ticket_id))
  /*allParts*/ AND t.id IN (
      SELECT s.ticket_id FROM jira_ticket_search s
      WHERE s.project_id = :projectId
        AND s.text LIKE like_part(lower(:search))
        AND NOT EXISTS (SELECT FROM jira_search_queue q WHERE q.ticket_id = s.ticket_id))
