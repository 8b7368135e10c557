-- A GitHub connection as the API shows it: that secrets are set, not what they are.
SELECT json_strip_nulls(json_build_object(
    'projectId', c.project_id,
    'repository', c.config_data ->> 'repository',
    'repositoryId', (c.config_data ->> 'repositoryId')::bigint,
    'repositories', c.config_data -> 'repositories',
    'apiUrl', c.config_data ->> 'apiUrl',
    'accessTokenSet', EXISTS (SELECT FROM integration_secrets s WHERE s.config_id = c.id AND s.name = 'accessToken'),
    'appId', c.config_data ->> 'appId',
    'installationId', (c.config_data ->> 'installationId')::bigint,
    'privateKeySet', EXISTS (SELECT FROM integration_secrets s WHERE s.config_id = c.id AND s.name = 'privateKey'),
    'webhookUrl', c.config_data ->> 'webhookUrl',
    'webhookSecretSet', EXISTS (
        SELECT FROM integration_secrets s WHERE s.config_id = c.id AND s.name = 'webhookSecret' AND s.valid_until IS NULL),
    'webhook', github_hook(c.id, c.config_data, c.config_data ->> 'repository'),
    'webhooks', github_hooks_of(c.id, c.config_data),
    'analysisDepth', c.config_data ->> 'analysisDepth',
    'commitAnalysisLimit', (c.config_data ->> 'commitAnalysisLimit')::integer,
    'testStatus', c.test_status,
    'lastTested', iso(c.last_tested),
    'createdAt', iso(c.created_at),
    'updatedAt', iso(c.updated_at)))::text AS item
FROM integration_configs c
WHERE c.project_id = :#${header.projectId}::bigint AND c.integration_type = 'github' AND c.is_active
