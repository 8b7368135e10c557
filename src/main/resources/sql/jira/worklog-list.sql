-- The worklogs of a ticket, those that were deleted as well.
-- sort: -startedAt = w.started_at :: timestamptz
-- tie: w.worklog_id
SELECT /*item*/ (jsonb_build_object('id', w.worklog_id::text, 'author', w.author, 'authorId', w.author_id,
        'comment', w.comment, 'startedAt', iso(w.started_at), 'seconds', w.seconds,
        'createdAt', iso(w.created_at), 'updatedAt', iso(w.updated_at))
    || CASE WHEN w.deleted_at IS NULL THEN '{}' ELSE jsonb_build_object('deletedAt', iso(w.deleted_at)) END) AS item
FROM jira_worklogs w
WHERE w.ticket_id = CAST(:ofSource AS bigint)
