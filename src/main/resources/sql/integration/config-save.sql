-- Stores a connection: its secrets beside it, a former webhook secret valid for a while, and who did it. With Jira a replay
-- where the mapping changed; with GitHub nothing of another repository is left to do, and
-- a sync comes at once that fetches what is named now and removes the rest. Streams of another place
-- start over; each repository has streams of its own.
WITH before AS (
    SELECT id, config_data FROM integration_configs
    WHERE project_id = :#${header.projectId}::bigint AND integration_type = :#${variable.sealed.type}
), saved AS (
    INSERT INTO integration_configs AS c (project_id, integration_type, config_data)
    VALUES (:#${header.projectId}::bigint, :#${variable.sealed.type}, :#${variable.sealed.data}::jsonb)
    ON CONFLICT (project_id, integration_type) DO UPDATE SET
        config_data = excluded.config_data, is_active = true, updated_at = now(), last_tested = NULL, test_status = NULL
    RETURNING *
), key AS (
    INSERT INTO integration_secrets AS s (config_id, name, key_id, ciphertext)
    SELECT id, :#${variable.sealed.credentialName}, :#${variable.sealed.credentialId}::bigint,
           :#${variable.sealed.credentialCiphertext}::bytea
    FROM saved WHERE :#${variable.sealed.credentialId}::bigint IS NOT NULL
    ON CONFLICT (config_id, name) WHERE valid_until IS NULL DO UPDATE SET
        key_id = excluded.key_id, ciphertext = excluded.ciphertext, created_at = now()
), other_key AS (
    DELETE FROM integration_secrets
    WHERE config_id = (SELECT id FROM before) AND name NOT IN ('webhookSecret', :#${variable.sealed.credentialName})
), former AS (
    UPDATE integration_secrets SET
        valid_until = now() + make_interval(mins => :#${properties:platform.webhooks.previous-secret-valid-minutes}::integer)
    WHERE config_id = (SELECT id FROM before) AND name = 'webhookSecret' AND valid_until IS NULL
      AND :#${variable.sealed.webhookSecretId}::bigint IS NOT NULL
    RETURNING id
), removed AS (
    DELETE FROM integration_secrets
    WHERE config_id = (SELECT id FROM before) AND name = 'webhookSecret' AND :#${variable.sealed.webhookSecretRemoved}::boolean
      AND :#${variable.sealed.webhookSecretId}::bigint IS NULL
), webhook AS (
    INSERT INTO integration_secrets (config_id, name, key_id, ciphertext)
    SELECT saved.id, 'webhookSecret', :#${variable.sealed.webhookSecretId}::bigint,
           :#${variable.sealed.webhookSecretCiphertext}::bytea
    FROM saved
    WHERE :#${variable.sealed.webhookSecretId}::bigint IS NOT NULL AND (SELECT count(*) FROM former) >= 0
), shared AS MATERIALIZED (
    -- GitHub has one hook for an address and a repository, so one secret holds for all connections that name both.
    SELECT c.id AS config_id, c.project_id, o.key_id, decode(o.ciphertext, 'base64') AS ciphertext
    FROM jsonb_to_recordset(:#${variable.sealed.sharedSecrets}::jsonb) AS o (config_id bigint, key_id bigint, ciphertext text)
    JOIN integration_configs c ON c.id = o.config_id
    FOR KEY SHARE OF c
), shared_former AS (
    UPDATE integration_secrets s SET
        valid_until = now() + make_interval(mins => :#${properties:platform.webhooks.previous-secret-valid-minutes}::integer)
    FROM shared WHERE s.config_id = shared.config_id AND s.name = 'webhookSecret' AND s.valid_until IS NULL
    RETURNING s.id
), shared_webhook AS (
    INSERT INTO integration_secrets (config_id, name, key_id, ciphertext)
    SELECT config_id, 'webhookSecret', key_id, ciphertext FROM shared WHERE (SELECT count(*) FROM shared_former) >= 0
), shared_hooks AS (
    UPDATE github_hooks h SET next_at = now() FROM shared WHERE h.config_id = shared.config_id
), shared_audited AS (
    INSERT INTO audit_log (actor, action, target, address, after)
    SELECT :#${header.PlatformActor}, 'github-config.save', 'project/' || project_id, :#${header.PlatformAddress},
           jsonb_build_object('webhookSecret', 'changed', 'sharedWith', 'project/' || :#${header.projectId}::text)
    FROM shared
), scheduled AS (
    INSERT INTO sync_schedules (project_id, source, next_sync_at)
    SELECT project_id, integration_type,
           CASE WHEN (SELECT array_agg(lower(n.name) ORDER BY lower(n.name)) FROM before, github_named(before.config_data) n)
                     <> (SELECT array_agg(lower(n.name) ORDER BY lower(n.name)) FROM github_named(saved.config_data) n)
               THEN now()
               ELSE now() + make_interval(mins => coalesce((config_data ->> 'syncIntervalMinutes')::integer, 15))
                   * (0.9 + random() * 0.2) END
    FROM saved
    ON CONFLICT (project_id, source) DO UPDATE SET next_sync_at = excluded.next_sync_at, failures = 0
), rewound AS (
    DELETE FROM sync_stream_state s
    USING saved LEFT JOIN before ON true, (SELECT ARRAY[
        'autoSync', 'syncIntervalMinutes', 'webhookUrl', 'appId', 'installationId', 'analysisDepth', 'commitAnalysisLimit',
        'repository', 'repositoryId', 'repositories', 'repositoryIds', 'repositoriesMovedAt'] AS keys) same
    WHERE s.project_id = saved.project_id AND s.source = saved.integration_type
      AND (before.id IS NULL OR before.config_data - same.keys <> saved.config_data - same.keys)
), first_site AS (
    INSERT INTO jira_sites (project_id, site, address)
    SELECT project_id, 0, config_data ->> 'jiraUrl' FROM saved
    WHERE integration_type = 'jira' AND NOT EXISTS (SELECT FROM jira_sites j WHERE j.project_id = saved.project_id)
    ON CONFLICT DO NOTHING
), state AS (
    -- Who was connected before, and has tickets of that time, may be connected with another site now.
    INSERT INTO jira_sync_state AS s (project_id, site)
    SELECT project_id, CASE WHEN NOT EXISTS (SELECT FROM jira_sites j WHERE j.project_id = saved.project_id) THEN 0 END
    FROM saved WHERE integration_type = 'jira'
    ON CONFLICT (project_id) DO UPDATE SET
        deployment = CASE WHEN (SELECT config_data ->> 'jiraUrl' FROM before) = (SELECT config_data ->> 'jiraUrl' FROM saved)
            THEN s.deployment END,
        base_url = CASE WHEN (SELECT config_data ->> 'jiraUrl' FROM before) = (SELECT config_data ->> 'jiraUrl' FROM saved)
            THEN s.base_url END,
        -- Whether another address leads to another site, the next sync finds out, or the next event.
        site = CASE WHEN NOT EXISTS (SELECT FROM jira_sites j WHERE j.project_id = s.project_id)
                      OR EXISTS (SELECT FROM jira_sites j JOIN saved ON j.address = saved.config_data ->> 'jiraUrl'
                                 WHERE j.project_id = s.project_id AND j.site = s.site)
            THEN coalesce(s.site, 0) END,
        jira_project_id = CASE WHEN (SELECT (config_data ->> 'jiraUrl', config_data ->> 'projectKey') FROM before)
                                    = (SELECT (config_data ->> 'jiraUrl', config_data ->> 'projectKey') FROM saved)
            THEN s.jira_project_id END,
        jira_project_key = CASE WHEN (SELECT (config_data ->> 'jiraUrl', config_data ->> 'projectKey') FROM before)
                                    = (SELECT (config_data ->> 'jiraUrl', config_data ->> 'projectKey') FROM saved)
            THEN s.jira_project_key END,
        replay_pending = s.replay_pending OR EXISTS (
            SELECT FROM before, saved
            WHERE before.config_data -> 'fieldMappings' <> saved.config_data -> 'fieldMappings'
               OR coalesce(before.config_data ->> 'customFields', 'all') <> coalesce(saved.config_data ->> 'customFields', 'all'))
            AND EXISTS (SELECT FROM jira_tickets t WHERE t.project_id = s.project_id)
), others AS (
    DELETE FROM github_pending_work w USING before, saved
    WHERE w.project_id = saved.project_id AND saved.integration_type = 'github'
      AND NOT EXISTS (SELECT FROM github_named(saved.config_data) n
                      WHERE lower(n.name) = lower(before.config_data ->> 'repository'))
), strangers AS (
    -- Another GitHub has other users.
    DELETE FROM github_users u USING before, saved
    WHERE u.project_id = saved.project_id AND saved.integration_type = 'github'
      AND before.config_data ->> 'apiUrl' <> saved.config_data ->> 'apiUrl'
), health AS (
    INSERT INTO connection_health AS h (config_id, status) SELECT id, 'UNKNOWN' FROM saved
    ON CONFLICT (config_id) DO UPDATE SET
        status = 'UNKNOWN', error = NULL, rate_limit = NULL, next_probe = now(),
        -- Who asked to be left alone is another where the address is.
        quiet_until = CASE WHEN (SELECT ARRAY[config_data -> 'jiraUrl', config_data -> 'apiUrl', config_data -> 'url'] FROM before)
            = (SELECT ARRAY[config_data -> 'jiraUrl', config_data -> 'apiUrl', config_data -> 'url'] FROM saved)
            THEN h.quiet_until END
), audited AS (
    INSERT INTO audit_log (actor, action, target, address, before, after)
    SELECT :#${header.PlatformActor}, saved.integration_type || '-config.save', 'project/' || saved.project_id, :#${header.PlatformAddress},
           (SELECT config_data FROM before),
           saved.config_data || jsonb_strip_nulls(jsonb_build_object(
               :#${variable.sealed.credentialName}::text,
               CASE WHEN :#${variable.sealed.credentialId}::bigint IS NOT NULL THEN 'changed' END,
               'webhookSecret', CASE WHEN :#${variable.sealed.webhookSecretId}::bigint IS NOT NULL THEN 'changed'
                                     WHEN :#${variable.sealed.webhookSecretRemoved}::boolean THEN 'removed' END))
    FROM saved
)
SELECT id FROM saved
