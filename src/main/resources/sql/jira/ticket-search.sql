-- How the tickets that a text is about are found. Words are looked up in the search index; a ticket that waits for the index
-- is read itself. Where no ticket has the words, parts of words count (trigrams); where none has a part either, near misses
-- among the tickets that changed last, since a near miss is only known by its whole text.
--   found: what holds for the page. Some thousand hits are named; of more, each ticket is looked at in the list's order until
--          the page is full.
--   counted: what holds for the number of matches, which the index gives however many there are; hits are then the tickets
--          that wait for it.
WITH waiting AS MATERIALIZED (
    SELECT t.id, concat_ws(' ', t.jira_key, t.summary, t.description) AS text
    FROM jira_tickets t
    WHERE t.project_id = :projectId AND t.id IN (SELECT q.ticket_id FROM jira_search_queue q)
), by_words AS MATERIALIZED (
    (SELECT s.ticket_id AS id, false AS waits FROM jira_ticket_search s
     WHERE s.project_id = :projectId AND s.document @@ words_query(:search)
       AND NOT EXISTS (SELECT FROM jira_search_queue q WHERE q.ticket_id = s.ticket_id)
     LIMIT 5001)
    UNION ALL
    SELECT w.id, true FROM waiting w WHERE to_tsvector('simple', w.text) @@ words_query(:search)
), by_parts AS MATERIALIZED (
    (SELECT s.ticket_id AS id, false AS waits FROM jira_ticket_search s
     WHERE NOT EXISTS (SELECT FROM by_words) AND s.project_id = :projectId
       AND s.text LIKE like_part(lower(:search))
       AND NOT EXISTS (SELECT FROM jira_search_queue q WHERE q.ticket_id = s.ticket_id)
     LIMIT 5001)
    UNION ALL
    SELECT w.id, true FROM waiting w
    WHERE NOT EXISTS (SELECT FROM by_words) AND lower(w.text) LIKE like_part(lower(:search))
), newest AS MATERIALIZED (
    SELECT t.id FROM jira_tickets t
    WHERE NOT EXISTS (SELECT FROM by_words) AND NOT EXISTS (SELECT FROM by_parts) AND lower(:search) ~ '^\w{4,}$'
      AND t.project_id = :projectId
    ORDER BY coalesce(t.updated_date, '-infinity') DESC, t.id DESC LIMIT 5000
), near AS MATERIALIZED (
    SELECT n.id, false AS waits FROM newest n JOIN jira_ticket_search s ON s.ticket_id = n.id
    WHERE lower(:search) <% s.text AND NOT EXISTS (SELECT FROM jira_search_queue q WHERE q.ticket_id = n.id)
), hits AS MATERIALIZED (
    SELECT id, waits FROM by_words UNION ALL SELECT id, waits FROM by_parts UNION ALL SELECT id, waits FROM near
), way AS (
    SELECT CASE WHEN (SELECT count(*) FROM hits) <= 5000 THEN 'hits'
                WHEN EXISTS (SELECT FROM by_words) THEN 'words' ELSE 'parts' END AS found
)
SELECT way.found, CASE way.found WHEN 'hits' THEN 'hits' WHEN 'words' THEN 'allWords hits' ELSE 'allParts hits' END AS counted,
       ARRAY(SELECT hits.id FROM hits WHERE hits.waits OR way.found = 'hits')::text AS hits
FROM way
