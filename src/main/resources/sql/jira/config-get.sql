-- A Jira connection as the API shows it: that secrets are set, not what they are.
SELECT json_strip_nulls(json_build_object(
    'projectId', c.project_id,
    'jiraUrl', c.config_data ->> 'jiraUrl',
    'email', c.config_data ->> 'email',
    'apiKeySet', EXISTS (SELECT FROM integration_secrets s WHERE s.config_id = c.id AND s.name = 'apiKey'),
    'webhookSecretSet', EXISTS (
        SELECT FROM integration_secrets s WHERE s.config_id = c.id AND s.name = 'webhookSecret' AND s.valid_until IS NULL),
    'projectKey', c.config_data ->> 'projectKey',
    'jql', c.config_data ->> 'jql',
    'deployment', c.config_data ->> 'deployment',
    'detectedDeployment', s.deployment,
    'fieldMappings', c.config_data -> 'fieldMappings',
    'syncIntervalMinutes', (c.config_data ->> 'syncIntervalMinutes')::integer,
    'autoSync', (c.config_data ->> 'autoSync')::boolean,
    'customFields', coalesce(c.config_data ->> 'customFields', 'all'),
    'remoteLinks', coalesce(c.config_data ->> 'remoteLinks', 'read'),
    'testStatus', c.test_status,
    'lastTested', iso(c.last_tested),
    'nextSyncAt', CASE WHEN (c.config_data ->> 'autoSync')::boolean THEN iso(due.next_sync_at) END,
    'createdAt', iso(c.created_at),
    'updatedAt', iso(c.updated_at)))::text AS item
FROM integration_configs c
LEFT JOIN jira_sync_state s ON s.project_id = c.project_id
LEFT JOIN sync_schedules due ON due.project_id = c.project_id AND due.source = 'jira'
WHERE c.project_id = :#${header.projectId}::bigint AND c.integration_type = 'jira' AND c.is_active
