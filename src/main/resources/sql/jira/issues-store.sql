-- Stores what issues-compare.sql found to differ in one statement: compares again (a webhook may have been faster), writes
-- only what differs, keeps the payload, and quarantines what is invalid.
-- What Jira says is believed over what was stored before it was asked, also where its times go backwards. What was stored
-- since then, and all that an event tells, counts only where Jira's own time, not a mapped one, is not older.
-- Tickets are found by the index that ON CONFLICT names, so no plan can be the wrong one.
WITH page AS MATERIALIZED (
    SELECT :#projectId::bigint AS project_id, :#site::integer AS site, p.*
    FROM unnest(
        :#jiraIds::bigint[], :#jiraKeys::text[], :#issueType::text[], :#summary::text[],
        :#description::text[], :#priority::text[], :#status::text[],
        :#assignee::text[], :#assigneeId::text[], :#reporter::text[],
        :#reporterId::text[], :#labels::text[], :#components::text[],
        :#customFields::text[], :#projectKey::text[], :#hierarchyLevel::text[], :#statusCategory::text[],
        :#resolution::text[], :#resolutionDate::text[], :#dueDate::text[], :#parentKey::text[], :#sprints::text[],
        :#fixVersions::text[], :#affectedVersions::text[], :#storyPoints::text[], :#securityLevel::text[],
        :#leftOut::text[], :#commentsHashes::text[], :#worklogsHashes::text[], :#discussions::text[],
        :#created::bigint[], :#updated::bigint[], :#jiraUpdated::bigint[], :#hashes::text[], :#payloads::bytea[], :#lengths::integer[], :#remoteLinked::boolean[]
    ) AS p (jira_id, jira_key, issue_type, summary, description, priority, status, assignee, assignee_id, reporter,
            reporter_id, labels, components, custom_fields, project_key, hierarchy_level, status_category, resolution,
            resolution_ms, due_date, parent_key, sprints, fix_versions, affected_versions, story_points, security_level,
            left_out, comments_hash, worklogs_hash, discussion, created_ms, updated_ms, jira_updated_ms,
            content_hash, payload, length, remote_linked)
), written AS (
    INSERT INTO jira_tickets AS t (
        project_id, site, jira_id, jira_key, issue_type, summary, description, priority, status, assignee, assignee_id,
        reporter, reporter_id, labels, components, custom_fields, project_key, hierarchy_level, status_category, resolution,
        resolution_date, due_date, parent_key, sprints, fix_versions, affected_versions, story_points, security_level,
        left_out, comments_hash, worklogs_hash, created_date, updated_date, jira_updated, content_hash)
    SELECT project_id, site, jira_id, jira_key, issue_type, summary, description, priority, status, assignee, assignee_id,
           reporter, reporter_id, labels::jsonb, components::jsonb, custom_fields::jsonb, project_key,
           hierarchy_level::integer, status_category, resolution,
           timestamptz 'epoch' + resolution_ms::bigint * interval '1 ms', due_date::date, parent_key, sprints::jsonb,
           fix_versions::jsonb, affected_versions::jsonb, story_points::double precision, security_level, left_out::text[],
           comments_hash, worklogs_hash,
           timestamptz 'epoch' + created_ms * interval '1 ms', timestamptz 'epoch' + updated_ms * interval '1 ms',
           timestamptz 'epoch' + jira_updated_ms * interval '1 ms', content_hash
    FROM page
    ORDER BY jira_id -- one order for all writers, so that two never wait for each other
    ON CONFLICT (project_id, jira_id, site) DO UPDATE SET
        jira_key = excluded.jira_key, summary = excluded.summary, status = excluded.status, project_key = excluded.project_key,
        -- What the mapping could not give stays as it was.
        issue_type = CASE WHEN 'issueType' = ANY (excluded.left_out) THEN t.issue_type ELSE excluded.issue_type END,
        description = CASE WHEN 'description' = ANY (excluded.left_out) THEN t.description ELSE excluded.description END,
        priority = CASE WHEN 'priority' = ANY (excluded.left_out) THEN t.priority ELSE excluded.priority END,
        assignee = CASE WHEN 'assignee' = ANY (excluded.left_out) THEN t.assignee ELSE excluded.assignee END,
        assignee_id = CASE WHEN 'assigneeId' = ANY (excluded.left_out) THEN t.assignee_id ELSE excluded.assignee_id END,
        reporter = CASE WHEN 'reporter' = ANY (excluded.left_out) THEN t.reporter ELSE excluded.reporter END,
        reporter_id = CASE WHEN 'reporterId' = ANY (excluded.left_out) THEN t.reporter_id ELSE excluded.reporter_id END,
        labels = CASE WHEN 'labels' = ANY (excluded.left_out) THEN t.labels ELSE excluded.labels END,
        components = CASE WHEN 'components' = ANY (excluded.left_out) THEN t.components ELSE excluded.components END,
        hierarchy_level = CASE WHEN 'hierarchyLevel' = ANY (excluded.left_out) THEN t.hierarchy_level ELSE excluded.hierarchy_level END,
        status_category = CASE WHEN 'statusCategory' = ANY (excluded.left_out) THEN t.status_category ELSE excluded.status_category END,
        resolution = CASE WHEN 'resolution' = ANY (excluded.left_out) THEN t.resolution ELSE excluded.resolution END,
        resolution_date = CASE WHEN 'resolutionDate' = ANY (excluded.left_out) THEN t.resolution_date ELSE excluded.resolution_date END,
        due_date = CASE WHEN 'dueDate' = ANY (excluded.left_out) THEN t.due_date ELSE excluded.due_date END,
        parent_key = CASE WHEN 'parentKey' = ANY (excluded.left_out) THEN t.parent_key ELSE excluded.parent_key END,
        sprints = CASE WHEN 'sprints' = ANY (excluded.left_out) THEN t.sprints ELSE excluded.sprints END,
        fix_versions = CASE WHEN 'fixVersions' = ANY (excluded.left_out) THEN t.fix_versions ELSE excluded.fix_versions END,
        affected_versions = CASE WHEN 'affectedVersions' = ANY (excluded.left_out) THEN t.affected_versions ELSE excluded.affected_versions END,
        story_points = CASE WHEN 'storyPoints' = ANY (excluded.left_out) THEN t.story_points ELSE excluded.story_points END,
        security_level = CASE WHEN 'securityLevel' = ANY (excluded.left_out) THEN t.security_level ELSE excluded.security_level END,
        created_date = CASE WHEN 'createdDate' = ANY (excluded.left_out) THEN t.created_date ELSE excluded.created_date END,
        updated_date = CASE WHEN 'updatedDate' = ANY (excluded.left_out) THEN t.updated_date ELSE excluded.updated_date END,
        custom_fields = custom_fields_left(t.custom_fields, excluded.custom_fields, excluded.left_out),
        left_out = excluded.left_out, jira_updated = excluded.jira_updated, content_hash = excluded.content_hash,
        comments_hash = coalesce(excluded.comments_hash, t.comments_hash),
        worklogs_hash = coalesce(excluded.worklogs_hash, t.worklogs_hash),
        sync_status = CASE WHEN t.sync_status IN ('deleted', 'failed') THEN 'synced' ELSE t.sync_status END,
        deleted_at = NULL, deleted_reason = NULL, last_synced = now(), updated_at = now()
    WHERE (t.content_hash <> excluded.content_hash OR t.sync_status IN ('deleted', 'failed')
           OR excluded.comments_hash <> coalesce(t.comments_hash, '')
           OR excluded.worklogs_hash <> coalesce(t.worklogs_hash, ''))
      AND (t.last_synced < timestamptz 'epoch' + :#askedMs::bigint * interval '1 ms'
           -- Rows of before V24 have Jira's time in updated_date, unless a mapping changed it.
           OR (t.sync_status <> 'deleted'
               AND coalesce(coalesce(t.jira_updated, t.updated_date) <= excluded.jira_updated, true)))
    RETURNING t.id, t.jira_id, (t.xmax = 0) AS created
), kept AS (
    INSERT INTO jira_ticket_payloads (ticket_id, length, payload)
    SELECT written.id, page.length, page.payload
    FROM written JOIN page USING (jira_id)
    WHERE page.payload IS NOT NULL
    ON CONFLICT (ticket_id) DO UPDATE SET length = excluded.length, payload = excluded.payload
), discussed AS MATERIALIZED (
    SELECT store_discussion(written.id, page.discussion::jsonb,
        coalesce(old.last_synced < timestamptz 'epoch' + :#askedMs::bigint * interval '1 ms', false))
    FROM written JOIN page USING (jira_id)
    LEFT JOIN LATERAL ticket_before(written.id) old ON true
    WHERE (page.comments_hash IS NOT NULL OR page.worklogs_hash IS NOT NULL)
      AND (page.comments_hash <> coalesce(old.comments_hash, '') OR page.worklogs_hash <> coalesce(old.worklogs_hash, ''))
), queued AS (
    INSERT INTO jira_search_queue (ticket_id) SELECT id FROM written
), linked AS (
    -- Its changelog tells of links that lead out of Jira; what they are has to be asked for (routes/jira/jira-remote-links).
    INSERT INTO jira_remote_link_queue AS q (ticket_id, project_id)
    SELECT written.id, page.project_id FROM written JOIN page USING (jira_id) WHERE page.remote_linked
    ON CONFLICT (ticket_id) DO UPDATE SET next_attempt_at = now(), attempts = 0
), seen AS (
    INSERT INTO jira_sync_seen (sync_id, page, jira_ids)
    SELECT :#syncId::bigint, :#pageNumber::integer, :#allIds::bigint[]
    WHERE :#counting::boolean
    ON CONFLICT (sync_id, page) DO UPDATE SET jira_ids = excluded.jira_ids
), aside AS (
    INSERT INTO jira_ticket_errors AS e (project_id, sync_id, jira_id, jira_key, reason, payload)
    SELECT :#projectId::bigint, nullif(:#syncId::bigint, 0), a.jira_id, a.jira_key, a.reason, a.payload
    FROM unnest(:#asideIds::text[], :#asideKeys::text[], :#asideReasons::text[],
                      :#asidePayloads::text[]) AS a (jira_id, jira_key, reason, payload)
    ON CONFLICT (project_id, jira_id) DO UPDATE SET
        sync_id = excluded.sync_id, jira_key = excluded.jira_key, reason = excluded.reason, payload = excluded.payload,
        attempts = e.attempts + 1
), failed AS (
    -- A ticket whose issue cannot be stored keeps its row, which is not what Jira has now.
    -- A page where all can be stored does not look at the table, whatever the planner takes for its size.
    UPDATE jira_tickets t SET sync_status = 'failed'
    WHERE cardinality(:#asideIds::text[]) > 0 AND t.project_id = :#projectId::bigint AND t.site = :#site::integer AND t.sync_status NOT IN ('deleted', 'failed')
      AND t.jira_id = ANY (ARRAY(SELECT id::bigint FROM unnest(:#asideIds::text[]) AS id WHERE id ~ '^\d{1,18}$'))
), healed AS (
    DELETE FROM jira_ticket_errors e
    WHERE e.project_id = :#projectId::bigint
      AND e.jira_id = ANY (SELECT unnest(:#allIds::bigint[])::text EXCEPT SELECT unnest(:#asideIds::text[]))
), counted AS (
    SELECT count(*) FILTER (WHERE created) AS created, count(*) FILTER (WHERE NOT created) AS updated FROM written
), published AS MATERIALIZED (
    -- A few changes are published one by one; of many, the sync's progress tells.
    SELECT publish(live_message('jira_update', page.project_id, jsonb_build_object(
        'issueKey', page.jira_key, 'jiraId', page.jira_id::text, 'source', 'sync', 'changes', coalesce((
            SELECT jsonb_agg(jsonb_build_object('field', c.field, 'from', left(c.former, 300), 'to', left(c.present, 300)))
            FROM (VALUES ('summary', old.summary, page.summary, NULL, NULL), ('status', old.status, page.status, NULL, NULL),
                         ('priority', old.priority, page.priority, NULL, NULL),
                         ('issueType', old.issue_type, page.issue_type, NULL, NULL),
                         ('assignee', old.assignee, page.assignee, old.assignee_id, page.assignee_id),
                         ('reporter', old.reporter, page.reporter, old.reporter_id, page.reporter_id),
                         ('labels', old.labels::text, page.labels::jsonb::text, NULL, NULL))
                AS c (field, former, present, former_id, present_id)
            -- A person is known by the id: one may be called differently, and two the same.
            WHERE CASE WHEN c.former_id IS NOT NULL AND c.present_id IS NOT NULL THEN c.former_id <> c.present_id
                       ELSE c.former IS DISTINCT FROM c.present END), '[]'))))
    FROM written JOIN page USING (jira_id)
    LEFT JOIN LATERAL ticket_before(written.id) old ON true
    WHERE :#telling::boolean AND (SELECT count(*) FROM written) <= 50
), gap AS MATERIALIZED (
    -- What changed a while ago and comes only now, a webhook should have brought.
    SELECT count(*) AS tickets, string_agg(page.jira_key, ', ' ORDER BY page.jira_id) AS keys
    FROM written JOIN page USING (jira_id)
    WHERE :#telling::boolean
      AND timestamptz 'epoch' + page.jira_updated_ms * interval '1 ms' < now() - interval '2 minutes'
      AND EXISTS (SELECT FROM webhook_deliveries d
                  WHERE d.project_id = :#projectId::bigint AND d.integration_type = 'jira')
)
SELECT :#processed::integer AS processed, counted.created::integer AS created, counted.updated::integer AS updated,
       (:#processed::integer - :#invalid::integer - counted.created - counted.updated)::integer AS unchanged,
       :#invalid::integer AS invalid,
       CASE WHEN gap.tickets > 0 THEN jsonb_build_array(jsonb_build_object('code', 'webhook-gap', 'message',
           gap.tickets || ' tickets had changed without a webhook that told of it: ' || left(gap.keys, 500)))::text
       END AS warnings,
       (SELECT count(*) FROM published) AS published, (SELECT count(*) FROM discussed) AS discussed
FROM counted, gap
