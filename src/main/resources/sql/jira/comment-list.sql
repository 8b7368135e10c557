-- The comments of a ticket, those that were deleted as well.
-- sort: -createdAt = c.created_at :: timestamptz
-- tie: c.comment_id
SELECT /*item*/ (jsonb_build_object('id', c.comment_id::text, 'author', c.author, 'authorId', c.author_id, 'body', c.body,
        'createdAt', iso(c.created_at), 'updatedAt', iso(c.updated_at))
    || CASE WHEN c.deleted_at IS NULL THEN '{}' ELSE jsonb_build_object('deletedAt', iso(c.deleted_at)) END) AS item
FROM jira_comments c
WHERE c.ticket_id = CAST(:ofSource AS bigint)
