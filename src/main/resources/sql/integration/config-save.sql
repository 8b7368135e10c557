-- Stores a connection: its secrets beside it, a former webhook secret valid for a while, when it is synced next, and who did
-- it. What the change means for what its source keeps is done by the source's route SOURCE-config-changed.
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
), scheduled AS (
    INSERT INTO sync_schedules (project_id, source, next_sync_at)
    SELECT project_id, integration_type,
           now() + make_interval(mins => coalesce((config_data ->> 'syncIntervalMinutes')::integer, 15)) * (0.9 + random() * 0.2)
    FROM saved
    ON CONFLICT (project_id, source) DO UPDATE SET next_sync_at = excluded.next_sync_at, failures = 0
), former_health AS MATERIALIZED (
    SELECT h.status FROM connection_health h JOIN before ON before.id = h.config_id
), health AS (
    INSERT INTO connection_health AS h (config_id, status) SELECT id, 'UNKNOWN' FROM saved
    ON CONFLICT (config_id) DO UPDATE SET
        status = 'UNKNOWN', error = NULL, rate_limit = NULL, next_probe = now(),
        -- Who asked to be left alone is another where the address is.
        quiet_until = CASE WHEN (SELECT config_data -> :#${variable.sealed.addressName}::text FROM before)
            = (SELECT config_data -> :#${variable.sealed.addressName}::text FROM saved) THEN h.quiet_until END
    RETURNING publish_health(h, (SELECT status FROM former_health))
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
SELECT id, project_id, integration_type AS source, (SELECT config_data FROM before)::text AS before, config_data::text AS after FROM saved
