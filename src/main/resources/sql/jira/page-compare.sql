-- The rows of a page that are new or differ from what is stored, by their number; page-store.sql decides again as it writes.
SELECT string_agg(page.number::text, ',' ORDER BY page.number) AS differing
FROM unnest(:#jiraIds::bigint[], :#hashes::text[]) WITH ORDINALITY AS page (jira_id, content_hash, number)
LEFT JOIN LATERAL (
    SELECT t.content_hash, t.sync_status
    FROM jira_tickets t
    WHERE t.project_id = :#projectId::bigint AND t.jira_id = page.jira_id
    OFFSET 0
) known ON true
WHERE known.content_hash IS NULL OR known.content_hash <> page.content_hash OR known.sync_status = 'deleted'
