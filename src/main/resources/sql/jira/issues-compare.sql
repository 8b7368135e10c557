-- The rows of a page that are new or differ from what is stored, by their number; issues-store.sql decides again as it writes.
SELECT coalesce(string_agg(page.number::text, ',' ORDER BY page.number), '') AS differing
FROM unnest(:#jiraIds::bigint[], :#hashes::text[], :#commentsHashes::text[], :#worklogsHashes::text[])
    WITH ORDINALITY AS page (jira_id, content_hash, comments_hash, worklogs_hash, number)
LEFT JOIN known_tickets(:#projectId::bigint, :#site::integer, :#jiraIds::bigint[]) known USING (jira_id)
WHERE known.content_hash IS NULL OR known.content_hash <> page.content_hash OR known.sync_status IN ('deleted', 'failed')
   OR page.comments_hash <> coalesce(known.comments_hash, '')
   OR page.worklogs_hash <> coalesce(known.worklogs_hash, '')
