-- The connection to a source of the routes folder as the API shows it: that its token is set, not what it is.
SELECT json_strip_nulls(json_build_object(
    'projectId', c.project_id,
    'source', c.integration_type,
    'url', c.config_data ->> 'url',
    'tokenHeader', c.config_data ->> 'tokenHeader',
    'user', c.config_data ->> 'user',
    'tokenSet', EXISTS (SELECT FROM integration_secrets s WHERE s.config_id = c.id AND s.name = 'token'),
    'parameters', coalesce(c.config_data -> 'parameters', '{}'),
    'autoSync', coalesce((c.config_data ->> 'autoSync')::boolean, true),
    'syncIntervalMinutes', (c.config_data ->> 'syncIntervalMinutes')::integer,
    'testStatus', c.test_status,
    'lastTested', iso(c.last_tested),
    'createdAt', iso(c.created_at),
    'updatedAt', iso(c.updated_at)))::text AS item
FROM integration_configs c
WHERE c.project_id = :#${header.projectId}::bigint AND c.integration_type = :#${header.source} AND c.is_active
