-- Lists of comments and worklogs of which an issue brings only some: the rest is asked for in the background. A row is here
-- as long as the list is not whole; where it cannot be read to its end, the next attempt is at infinity.
CREATE TABLE jira_discussion_queue (
    ticket_id       bigint      NOT NULL,
    list            text        NOT NULL CHECK (list IN ('comments', 'worklogs')),
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    attempts        integer     NOT NULL DEFAULT 0,
    error_message   text,
    PRIMARY KEY (ticket_id, list)
);
CREATE INDEX jira_discussion_queue_due ON jira_discussion_queue (next_attempt_at);

CREATE OR REPLACE FUNCTION jira_tickets_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Planned for as many as are gone this time, one ticket or a whole project.
    EXECUTE 'DELETE FROM jira_ticket_payloads WHERE ticket_id IN (SELECT id FROM gone)';
    EXECUTE 'DELETE FROM jira_ticket_search WHERE ticket_id IN (SELECT id FROM gone)';
    EXECUTE 'DELETE FROM jira_comments WHERE ticket_id IN (SELECT id FROM gone)';
    EXECUTE 'DELETE FROM jira_worklogs WHERE ticket_id IN (SELECT id FROM gone)';
    EXECUTE 'DELETE FROM jira_discussion_queue WHERE ticket_id IN (SELECT id FROM gone)';
    RETURN NULL;
END
$$;

-- Notes whether a list that has come is whole. What asked for the whole list says which claim it had: a list that was cut
-- again meanwhile stays in the queue.
CREATE FUNCTION note_cut_list(of_ticket bigint, of_list text, part jsonb) RETURNS void
    LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    IF (part ->> 'more')::boolean THEN
        INSERT INTO jira_discussion_queue (ticket_id, list) VALUES (of_ticket, of_list)
        ON CONFLICT (ticket_id, list) DO UPDATE SET next_attempt_at = now(), attempts = 0;
    ELSIF (part ->> 'complete')::boolean THEN
        DELETE FROM jira_discussion_queue q
        WHERE q.ticket_id = of_ticket AND q.list = of_list
          AND q.next_attempt_at = coalesce((part ->> 'claimed')::timestamptz, q.next_attempt_at);
    END IF;
END
$$;

-- Stores what an answer of Jira's shows of a ticket's comments and worklogs:
--   {"at": MS, "comments": {"complete": BOOLEAN, "items": […], "ids": [ID, …], "gone": [ID, …], "more": BOOLEAN}, "worklogs": {…}}
-- "at" is how new the answer is (the issue's updated). What is older than what is here changes nothing, unless Jira is
-- believed: it was asked after the ticket was stored, and its times may go backwards. What a complete list lacks, and what
-- "gone" names, is marked as deleted; where the list came page by page, "ids" names all that it has. "more" says that Jira
-- has entries that did not come. A part that is absent is left as it is.
CREATE OR REPLACE FUNCTION store_discussion(of_ticket bigint, discussion jsonb, believed boolean) RETURNS void
    LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    at     timestamptz := epoch_ms((discussion ->> 'at')::bigint);
    part   jsonb := discussion -> 'comments';
    listed bigint[];
BEGIN
    IF part IS NOT NULL THEN
        PERFORM note_cut_list(of_ticket, 'comments', part);
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
        listed := listed_ids(part);
        UPDATE jira_comments c SET deleted_at = coalesce(at, now())
        WHERE c.ticket_id = of_ticket AND c.deleted_at IS NULL
          AND (part -> 'gone' @> to_jsonb(c.comment_id)
               OR ((part ->> 'complete')::boolean AND coalesce(c.updated_at <= at, true) AND c.comment_id <> ALL (listed)));
    END IF;
    part := discussion -> 'worklogs';
    IF part IS NOT NULL THEN
        PERFORM note_cut_list(of_ticket, 'worklogs', part);
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
        listed := listed_ids(part);
        UPDATE jira_worklogs w SET deleted_at = coalesce(at, now())
        WHERE w.ticket_id = of_ticket AND w.deleted_at IS NULL
          AND (part -> 'gone' @> to_jsonb(w.worklog_id)
               OR ((part ->> 'complete')::boolean AND coalesce(w.updated_at <= at, true) AND w.worklog_id <> ALL (listed)));
    END IF;
END
$$;

-- The ids of all entries of a list: those that came with it, unless it names them itself.
CREATE FUNCTION listed_ids(part jsonb) RETURNS bigint[] LANGUAGE sql IMMUTABLE
RETURN ARRAY(SELECT coalesce(entry ->> 'id', entry #>> '{}')::bigint
             FROM jsonb_array_elements(coalesce(part -> 'ids', part -> 'items')) entry);
