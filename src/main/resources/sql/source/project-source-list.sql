-- The sources that there are, and what a project has of each.
SELECT coalesce(json_agg(json_strip_nulls(json_build_object(
    'name', s.name, 'title', s.title, 'builtIn', s."builtIn", 'streams', s.streams,
    'configured', c.id IS NOT NULL, 'testStatus', c.test_status,
    'items', CASE WHEN NOT s."builtIn" THEN (
        SELECT count(*) FROM source_items i
        WHERE i.project_id = :#${header.projectId}::bigint AND i.source = s.name AND i.gone_at IS NULL) END,
    'lastSuccessAt', iso(d.last_success_at),
    'nextSyncAt', CASE WHEN c.id IS NOT NULL THEN iso(d.next_sync_at) END)) ORDER BY s.place), '[]')::text AS item
FROM ROWS FROM (jsonb_to_recordset(:#${body}::jsonb) AS (name text, title text, "builtIn" boolean, streams json))
     WITH ORDINALITY AS s (name, title, "builtIn", streams, place)
LEFT JOIN integration_configs c
       ON c.project_id = :#${header.projectId}::bigint AND c.integration_type = s.name AND c.is_active
LEFT JOIN sync_schedules d ON d.project_id = :#${header.projectId}::bigint AND d.source = s.name
