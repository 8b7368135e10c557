-- Stores what page-compare.sql found to differ in one statement: compares again (a webhook may have been faster), writes
-- only what differs, keeps the payload, sets aside what is invalid, and moves the sync's counters and checkpoint with it.
-- What Jira says is believed over what was stored before it was asked, also where its times go backwards. What was stored
-- since then, and all that an event tells, counts only where Jira's own time, not a mapped one, is not older.
-- Tickets are found by the index that ON CONFLICT names, so no plan can be the wrong one.
-- Without the lease (another instance took over) nothing is written, and no row comes back.
WITH held AS MATERIALIZED (
    SELECT * FROM (
        SELECT id, project_id, cancel_requested
        FROM sync_logs
        WHERE id = :#syncId AND status = 'running' AND owner = :#owner
        FOR UPDATE
    ) sync
    UNION ALL
    -- Outside of a sync (a retry, a webhook) there is no lease to hold.
    SELECT NULL, :#projectId::bigint, false WHERE :#syncId = 0
), page AS MATERIALIZED (
    SELECT held.project_id, p.*
    FROM held, unnest(
        :#jiraIds::bigint[], :#jiraKeys::text[], :#issueType::text[], :#summary::text[],
        :#description::text[], :#priority::text[], :#status::text[],
        :#assignee::text[], :#assigneeId::text[], :#reporter::text[],
        :#reporterId::text[], :#labels::text[], :#components::text[],
        :#customFields::text[], :#created::bigint[], :#updated::bigint[], :#jiraUpdated::bigint[],
        :#hashes::text[], :#payloads::bytea[], :#lengths::integer[], :#remoteLinked::boolean[]
    ) AS p (jira_id, jira_key, issue_type, summary, description, priority, status, assignee, assignee_id, reporter,
            reporter_id, labels, components, custom_fields, created_ms, updated_ms, jira_updated_ms, content_hash,
            payload, length, remote_linked)
), written AS (
    INSERT INTO jira_tickets AS t (
        project_id, jira_id, jira_key, issue_type, summary, description, priority, status, assignee, assignee_id,
        reporter, reporter_id, labels, components, custom_fields, created_date, updated_date, jira_updated,
        content_hash)
    SELECT project_id, jira_id, jira_key, issue_type, summary, description, priority, status, assignee, assignee_id,
           reporter, reporter_id, labels::jsonb, components::jsonb, custom_fields::jsonb,
           timestamptz 'epoch' + created_ms * interval '1 ms', timestamptz 'epoch' + updated_ms * interval '1 ms',
           timestamptz 'epoch' + jira_updated_ms * interval '1 ms', content_hash
    FROM page
    ORDER BY jira_id -- one order for all writers, so that two never wait for each other
    ON CONFLICT (project_id, jira_id) DO UPDATE SET
        jira_key = excluded.jira_key, issue_type = excluded.issue_type, summary = excluded.summary,
        description = excluded.description, priority = excluded.priority, status = excluded.status,
        assignee = excluded.assignee, assignee_id = excluded.assignee_id, reporter = excluded.reporter,
        reporter_id = excluded.reporter_id, labels = excluded.labels, components = excluded.components,
        custom_fields = excluded.custom_fields, created_date = excluded.created_date,
        updated_date = excluded.updated_date, jira_updated = excluded.jira_updated, content_hash = excluded.content_hash,
        sync_status = CASE WHEN t.sync_status = 'deleted' THEN 'synced' ELSE t.sync_status END,
        deleted_at = NULL, deleted_reason = NULL, last_synced = now(), updated_at = now()
    WHERE (t.content_hash <> excluded.content_hash OR t.sync_status = 'deleted')
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
), queued AS (
    INSERT INTO jira_search_queue (ticket_id) SELECT id FROM written
), linked AS (
    -- Its changelog tells of links that lead out of Jira; what they are has to be asked for (routes/jira/jira-remote-links).
    INSERT INTO jira_remote_link_queue AS q (ticket_id, project_id)
    SELECT written.id, page.project_id FROM written JOIN page USING (jira_id) WHERE page.remote_linked
    ON CONFLICT (ticket_id) DO UPDATE SET next_attempt_at = now(), attempts = 0
), seen AS (
    INSERT INTO jira_sync_seen (sync_id, page, jira_ids)
    SELECT held.id, :#pageNumber::integer, :#allIds::bigint[]
    FROM held
    WHERE :#counting::boolean AND held.id IS NOT NULL
    ON CONFLICT (sync_id, page) DO UPDATE SET jira_ids = excluded.jira_ids
), aside AS (
    INSERT INTO jira_ticket_errors AS e (project_id, sync_id, jira_id, jira_key, reason, payload)
    SELECT held.project_id, held.id, a.jira_id, a.jira_key, a.reason, a.payload
    FROM held, unnest(:#asideIds::text[], :#asideKeys::text[], :#asideReasons::text[],
                      :#asidePayloads::text[]) AS a (jira_id, jira_key, reason, payload)
    ON CONFLICT (project_id, jira_id) DO UPDATE SET
        sync_id = excluded.sync_id, jira_key = excluded.jira_key, reason = excluded.reason, payload = excluded.payload,
        attempts = e.attempts + 1
), healed AS (
    DELETE FROM jira_ticket_errors e USING held
    WHERE e.project_id = held.project_id
      AND e.jira_id = ANY (SELECT unnest(:#allIds::bigint[])::text EXCEPT SELECT unnest(:#asideIds::text[]))
), counted AS (
    SELECT count(*) FILTER (WHERE created) AS created, count(*) FILTER (WHERE NOT created) AS updated FROM written
), told AS MATERIALIZED (
    -- A few changes are told one by one; of many, the sync's progress tells.
    SELECT live(live_message('jira_update', page.project_id, jsonb_build_object(
        'issueKey', page.jira_key, 'jiraId', page.jira_id::text, 'source', 'sync', 'changes', coalesce((
            SELECT jsonb_agg(jsonb_build_object('field', c.field, 'from', left(c.former, 300), 'to', left(c.present, 300)))
            FROM (VALUES ('summary', old.summary, page.summary), ('status', old.status, page.status),
                         ('priority', old.priority, page.priority), ('issueType', old.issue_type, page.issue_type),
                         ('assignee', old.assignee, page.assignee), ('reporter', old.reporter, page.reporter),
                         ('labels', old.labels::text, page.labels::jsonb::text)) AS c (field, former, present)
            WHERE c.former IS DISTINCT FROM c.present), '[]'))))
    FROM written JOIN page USING (jira_id)
    LEFT JOIN jira_tickets old ON old.id = written.id -- as it was before this statement
    WHERE :#telling::boolean AND (SELECT count(*) FROM written) <= 50
), gap AS MATERIALIZED (
    -- What changed a while ago and comes only now, a webhook should have brought.
    SELECT count(*) AS tickets, string_agg(page.jira_key, ', ' ORDER BY page.jira_id) AS keys
    FROM written JOIN page USING (jira_id)
    WHERE :#telling::boolean
      AND timestamptz 'epoch' + page.jira_updated_ms * interval '1 ms' < now() - interval '2 minutes'
      AND EXISTS (SELECT FROM webhook_deliveries d
                  WHERE d.project_id = (SELECT project_id FROM held) AND d.integration_type = 'jira')
), logged AS (
    UPDATE sync_logs l SET
        warnings = CASE WHEN gap.tickets > 0
            THEN l.warnings || jsonb_build_array(jsonb_build_object('code', 'webhook-gap', 'message',
                gap.tickets || ' tickets had changed without a webhook that told of it: ' || left(gap.keys, 500)))
            ELSE l.warnings END,
        pages = l.pages + 1,
        processed = l.processed + :#processed::integer,
        created = l.created + counted.created,
        updated = l.updated + counted.updated,
        unchanged = l.unchanged
            + (:#processed::integer - :#invalid::integer - counted.created - counted.updated),
        invalid = l.invalid + :#invalid::integer,
        checkpoint = :#checkpoint::jsonb,
        expected = coalesce(:#expected::integer, l.expected),
        lease_until = now() + make_interval(secs => :#leaseSeconds),
        waiting_until = NULL,
        state_text = 'stored page ' || (l.pages + 1) || ': ' || (l.processed + :#processed::integer)
            || coalesce(' of about ' || coalesce(:#expected::integer, l.expected), '') || ' tickets',
        estimated_completion_at = clock_timestamp() + (clock_timestamp() - l.started_at)
            * greatest(0, coalesce(:#expected::integer, l.expected) - l.processed
                - :#processed::integer)
            / nullif(l.processed + :#processed::integer, 0)
    FROM held, counted, gap
    WHERE l.id = held.id
)
SELECT held.cancel_requested AS cancelled, counted.created, counted.updated, (SELECT count(*) FROM told) AS told
FROM held, counted
