-- What a ticket has without a word of jq: Jira's own fields that everybody asks for, its custom fields under Jira's names,
-- its comments and its worklogs.
ALTER TABLE jira_tickets
    ADD COLUMN project_key       text,
    ADD COLUMN hierarchy_level   integer,
    ADD COLUMN status_category   text,
    ADD COLUMN resolution        text,
    ADD COLUMN resolution_date   timestamptz,
    ADD COLUMN due_date          date,
    ADD COLUMN parent_key        text,
    ADD COLUMN sprints           jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN fix_versions      jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN affected_versions jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN story_points      double precision,
    ADD COLUMN security_level    text,
    -- The fields that the last mapping could not give, by the names of their targets; they have the values of before.
    ADD COLUMN left_out          text[],
    -- What the comments and worklogs were made of that are stored, so that the same ones are not stored again.
    ADD COLUMN comments_hash     text,
    ADD COLUMN worklogs_hash     text;

-- Keys in the order of people: by project, then by number.
ALTER TABLE jira_tickets ADD COLUMN key_order text COLLATE "C" GENERATED ALWAYS AS (
    rtrim(jira_key, '0123456789') || lpad(substr(jira_key, length(rtrim(jira_key, '0123456789')) + 1), 18, '0')) STORED;

CREATE INDEX jira_tickets_key_order ON jira_tickets (project_id, key_order, id);
-- By hash: whatever a mapping makes of a parent's key, it fits.
CREATE INDEX jira_tickets_parent ON jira_tickets USING hash (parent_key) WHERE parent_key IS NOT NULL;
CREATE INDEX jira_tickets_fix_versions ON jira_tickets USING gin (fix_versions jsonb_path_ops) WHERE fix_versions <> '[]';
CREATE INDEX jira_tickets_sprints ON jira_tickets USING gin (sprints jsonb_path_ops) WHERE sprints <> '[]';

-- The custom fields that a field of the mapping left as they were: all ('customFields.*') or some.
CREATE FUNCTION custom_fields_left(former jsonb, present jsonb, left_out text[]) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
RETURN CASE
    WHEN left_out IS NULL THEN present
    WHEN 'customFields.*' = ANY (left_out) THEN former || present
    ELSE present || coalesce((SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(former) f
                              WHERE 'customFields.' || f.key = ANY (left_out)), '{}')
    END;

-- The fields that a Jira has, as its /field lists them: names and types of the custom ones.
CREATE TABLE jira_fields (
    config_id bigint      PRIMARY KEY REFERENCES integration_configs (id) ON DELETE CASCADE,
    fields    jsonb       NOT NULL,
    read_at   timestamptz NOT NULL DEFAULT now()
);

-- Comments and worklogs of tickets; what Jira has no more stays, with the time at which it was found to be gone.
CREATE TABLE jira_comments (
    ticket_id  bigint NOT NULL,
    comment_id bigint NOT NULL,
    author     text,
    author_id  text,
    body       text,
    created_at timestamptz,
    updated_at timestamptz,
    deleted_at timestamptz,
    PRIMARY KEY (ticket_id, comment_id)
);

CREATE TABLE jira_worklogs (
    ticket_id  bigint NOT NULL,
    worklog_id bigint NOT NULL,
    author     text,
    author_id  text,
    comment    text,
    started_at timestamptz,
    seconds    bigint,
    created_at timestamptz,
    updated_at timestamptz,
    deleted_at timestamptz,
    PRIMARY KEY (ticket_id, worklog_id)
);

CREATE OR REPLACE FUNCTION jira_tickets_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Planned for as many as are gone this time, one ticket or a whole project.
    EXECUTE 'DELETE FROM jira_ticket_payloads WHERE ticket_id IN (SELECT id FROM gone)';
    EXECUTE 'DELETE FROM jira_ticket_search WHERE ticket_id IN (SELECT id FROM gone)';
    EXECUTE 'DELETE FROM jira_comments WHERE ticket_id IN (SELECT id FROM gone)';
    EXECUTE 'DELETE FROM jira_worklogs WHERE ticket_id IN (SELECT id FROM gone)';
    RETURN NULL;
END
$$;

CREATE FUNCTION epoch_ms(ms bigint) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN timestamptz 'epoch' + ms * interval '1 ms';

-- Stores what an answer of Jira's shows of a ticket's comments and worklogs:
--   {"at": MS, "comments": {"complete": BOOLEAN, "items": […], "gone": [ID, …]}, "worklogs": {…}}
-- "at" is how new the answer is (the issue's updated). What is older than what is here changes nothing, unless Jira is
-- believed: it was asked after the ticket was stored, and its times may go backwards. What a complete list lacks, and what "gone" names, is marked as deleted. A part that is absent is left as it is.
CREATE FUNCTION store_discussion(of_ticket bigint, discussion jsonb, believed boolean) RETURNS void
    LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    at   timestamptz := epoch_ms((discussion ->> 'at')::bigint);
    part jsonb := discussion -> 'comments';
BEGIN
    IF part IS NOT NULL THEN
        INSERT INTO jira_comments AS c (ticket_id, comment_id, author, author_id, body, created_at, updated_at)
        SELECT DISTINCT ON (i.id) of_ticket, i.id, i.author, i."authorId", i.body, epoch_ms(i.created), epoch_ms(i.updated)
        FROM jsonb_to_recordset(part -> 'items')
            AS i (id bigint, author text, "authorId" text, body text, created bigint, updated bigint)
        ON CONFLICT (ticket_id, comment_id) DO UPDATE SET
            author = excluded.author, author_id = excluded.author_id, body = excluded.body,
            created_at = excluded.created_at, updated_at = excluded.updated_at, deleted_at = NULL
        WHERE (believed OR coalesce(c.updated_at <= excluded.updated_at, true)) AND coalesce(c.deleted_at <= at, true)
          AND (c.author, c.author_id, c.body, c.updated_at, c.deleted_at)
              IS DISTINCT FROM (excluded.author, excluded.author_id, excluded.body, excluded.updated_at, NULL);
        UPDATE jira_comments c SET deleted_at = coalesce(at, now())
        WHERE c.ticket_id = of_ticket AND c.deleted_at IS NULL
          AND (part -> 'gone' @> to_jsonb(c.comment_id)
               OR ((part ->> 'complete')::boolean AND coalesce(c.updated_at <= at, true)
                   AND NOT EXISTS (SELECT FROM jsonb_array_elements(part -> 'items') i
                                   WHERE (i ->> 'id')::bigint = c.comment_id)));
    END IF;
    part := discussion -> 'worklogs';
    IF part IS NOT NULL THEN
        INSERT INTO jira_worklogs AS w (ticket_id, worklog_id, author, author_id, comment, started_at, seconds, created_at, updated_at)
        SELECT DISTINCT ON (i.id) of_ticket, i.id, i.author, i."authorId", i.comment, epoch_ms(i.started), i.seconds,
               epoch_ms(i.created), epoch_ms(i.updated)
        FROM jsonb_to_recordset(part -> 'items')
            AS i (id bigint, author text, "authorId" text, comment text, started bigint, seconds bigint, created bigint, updated bigint)
        ON CONFLICT (ticket_id, worklog_id) DO UPDATE SET
            author = excluded.author, author_id = excluded.author_id, comment = excluded.comment,
            started_at = excluded.started_at, seconds = excluded.seconds,
            created_at = excluded.created_at, updated_at = excluded.updated_at, deleted_at = NULL
        WHERE (believed OR coalesce(w.updated_at <= excluded.updated_at, true)) AND coalesce(w.deleted_at <= at, true)
          AND (w.author, w.author_id, w.comment, w.started_at, w.seconds, w.updated_at, w.deleted_at)
              IS DISTINCT FROM (excluded.author, excluded.author_id, excluded.comment, excluded.started_at, excluded.seconds,
                                excluded.updated_at, NULL);
        UPDATE jira_worklogs w SET deleted_at = coalesce(at, now())
        WHERE w.ticket_id = of_ticket AND w.deleted_at IS NULL
          AND (part -> 'gone' @> to_jsonb(w.worklog_id)
               OR ((part ->> 'complete')::boolean AND coalesce(w.updated_at <= at, true)
                   AND NOT EXISTS (SELECT FROM jsonb_array_elements(part -> 'items') i
                                   WHERE (i ->> 'id')::bigint = w.worklog_id)));
    END IF;
END
$$;

DROP FUNCTION known_tickets(bigint, bigint[]);

-- What is stored of these issues.
CREATE FUNCTION known_tickets(of_project bigint, issues bigint[])
    RETURNS TABLE (jira_id bigint, content_hash text, sync_status text, comments_hash text, worklogs_hash text)
    LANGUAGE sql STABLE SET enable_seqscan = off
BEGIN ATOMIC
    SELECT known.jira_id, known.content_hash, known.sync_status, known.comments_hash, known.worklogs_hash
    FROM unnest(issues) AS issue (jira_id)
    CROSS JOIN LATERAL (
        SELECT t.jira_id, t.content_hash, t.sync_status, t.comments_hash, t.worklogs_hash
        FROM jira_tickets t
        WHERE t.project_id = of_project AND t.jira_id = issue.jira_id
        OFFSET 0 -- one lookup an issue, whatever the planner thinks of a join
    ) known;
END;

-- The tickets that are here get the new fields from their kept payloads.
UPDATE jira_sync_state s SET replay_pending = true
WHERE EXISTS (SELECT FROM jira_tickets t WHERE t.project_id = s.project_id);
