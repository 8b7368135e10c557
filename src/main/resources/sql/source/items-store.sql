-- Stores a page of a stream's items: what differs from what is stored, also where the source's times went backwards, with
-- the keys in their texts. What cannot be stored is kept aside, and leaves there when it is stored after all.
WITH input AS MATERIALIZED (
    SELECT id AS project_id, :#${variable.source}::text AS source, :#${variable.stream}::text AS stream,
           :#${variable.sorted.rows}::jsonb AS rows, :#${variable.sorted.aside}::jsonb AS aside
    FROM projects WHERE id = :#${variable.projectId}::bigint
), page AS MATERIALIZED (
    SELECT DISTINCT ON (r.item ->> 'id')
           input.project_id, input.source, input.stream, r.item ->> 'id' AS item_id,
           coalesce(r.item ->> 'title', '') AS title, r.item ->> 'state' AS state, r.item ->> 'author' AS author,
           r.item ->> 'url' AS url, (r.item ->> 'created_at')::timestamptz AS created_at,
           (r.item ->> 'updated_at')::timestamptz AS updated_at,
           r.item -> 'texts' AS texts,
           r.item - ARRAY['id', 'title', 'state', 'author', 'url', 'created_at', 'updated_at', 'texts'] AS data,
           sha256(convert_to(r.item::text, 'UTF8')) AS hash
    FROM input, jsonb_array_elements(input.rows) WITH ORDINALITY AS r (item, place)
    ORDER BY r.item ->> 'id', (r.item ->> 'updated_at')::timestamptz DESC NULLS LAST, r.place DESC
), keyed AS MATERIALIZED (
    SELECT page.*, ARRAY(
        SELECT DISTINCT upper(k.jira_key)
        FROM (SELECT page.title AS searched
              UNION ALL
              SELECT t FROM jsonb_array_elements_text(CASE WHEN jsonb_typeof(page.texts) = 'array' THEN page.texts ELSE '[]' END) t
             ) AS texts, jira_keys(texts.searched, page.author) AS k (jira_key)
        WHERE texts.searched IS NOT NULL
        ORDER BY 1) AS jira_keys
    FROM page
), written AS (
    INSERT INTO source_items AS i (project_id, source, stream, item_id, title, state, author, url, created_at, updated_at,
                                   jira_keys, data, hash)
    SELECT project_id, source, stream, item_id, title, state, author, url, created_at, updated_at, jira_keys, data, hash
    FROM keyed
    ORDER BY item_id -- one order for all writers, so that two never wait for each other
    ON CONFLICT (project_id, source, stream, item_id) DO UPDATE SET
        title = excluded.title, state = excluded.state, author = excluded.author, url = excluded.url,
        created_at = excluded.created_at, updated_at = excluded.updated_at, jira_keys = excluded.jira_keys,
        data = excluded.data, hash = excluded.hash, stored_at = now(), gone_at = NULL
    WHERE i.hash <> excluded.hash OR i.gone_at IS NOT NULL
    RETURNING (i.xmax = 0) AS created
), aside AS (
    INSERT INTO source_set_aside AS s (project_id, source, stream, item_id, reason, payload)
    SELECT DISTINCT ON (a.item_id) input.project_id, input.source, input.stream, a.item_id, a.reason, a.payload
    FROM input, jsonb_to_recordset(input.aside) AS a (item_id text, reason text, payload text)
    ORDER BY a.item_id
    ON CONFLICT (project_id, source, stream, item_id) DO UPDATE SET
        reason = excluded.reason, payload = excluded.payload, attempts = s.attempts + 1
), healed AS (
    DELETE FROM source_set_aside s USING page
    WHERE s.project_id = page.project_id AND s.source = page.source AND s.stream = page.stream AND s.item_id = page.item_id
      AND NOT EXISTS (SELECT FROM input, jsonb_to_recordset(input.aside) AS a (item_id text) WHERE a.item_id = s.item_id)
), warned AS (
    -- Of every page, as long as the log is not full of such.
    UPDATE sync_logs l SET warnings = l.warnings || :#${variable.sorted.warnings}::jsonb
    WHERE l.id = :#${variable.syncId}::bigint AND :#${variable.sorted.warnings}::jsonb IS NOT NULL
      AND jsonb_array_length(l.warnings) < 100
)
SELECT whole.number + whole.aside AS processed, c.created, c.updated, whole.number - c.created - c.updated AS unchanged
FROM (SELECT coalesce(sum(jsonb_array_length(rows)), 0)::integer AS number,
             coalesce(sum(jsonb_array_length(aside)), 0)::integer AS aside FROM input) AS whole,
     (SELECT (count(*) FILTER (WHERE created))::integer AS created,
             (count(*) FILTER (WHERE NOT created))::integer AS updated FROM written) AS c
