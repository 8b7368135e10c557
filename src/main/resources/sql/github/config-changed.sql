-- What a changed connection means for what is kept of GitHub: the secret of a shared hook is that of all who share it, nothing
-- of another repository is left to do, another GitHub has other users, and a sync comes at once where other repositories are
-- named, which fetches those and removes the rest.
WITH config AS (
    SELECT :#${body[project_id]}::bigint AS project_id, :#${body[before]}::jsonb AS before, :#${body[after]}::jsonb AS after
), shared AS MATERIALIZED (
    -- GitHub has one hook for an address and a repository, so one secret holds for all connections that name both.
    SELECT c.id AS config_id, c.project_id, o.key_id, decode(o.ciphertext, 'base64') AS ciphertext
    FROM jsonb_to_recordset(:#${variable.sealed.sharedSecrets}::jsonb) AS o (config_id bigint, key_id bigint, ciphertext text)
    JOIN integration_configs c ON c.id = o.config_id
    FOR KEY SHARE OF c
), former AS (
    UPDATE integration_secrets s SET
        valid_until = now() + make_interval(mins => :#${properties:platform.webhooks.previous-secret-valid-minutes}::integer)
    FROM shared WHERE s.config_id = shared.config_id AND s.name = 'webhookSecret' AND s.valid_until IS NULL
    RETURNING s.id
), secrets AS (
    INSERT INTO integration_secrets (config_id, name, key_id, ciphertext)
    SELECT config_id, 'webhookSecret', key_id, ciphertext FROM shared WHERE (SELECT count(*) FROM former) >= 0
), hooks AS (
    UPDATE github_hooks h SET next_at = now() FROM shared WHERE h.config_id = shared.config_id
), audited AS (
    INSERT INTO audit_log (actor, action, target, address, after)
    SELECT :#${header.PlatformActor}, 'github-config.save', 'project/' || project_id, :#${header.PlatformAddress},
           jsonb_build_object('webhookSecret', 'changed', 'sharedWith', 'project/' || :#${header.projectId}::text)
    FROM shared
), others AS (
    DELETE FROM github_pending_work w USING config
    WHERE w.project_id = config.project_id AND config.before IS NOT NULL
      AND NOT EXISTS (SELECT FROM github_named(config.after) n WHERE lower(n.name) = lower(config.before ->> 'repository'))
), strangers AS (
    DELETE FROM github_users u USING config
    WHERE u.project_id = config.project_id AND config.before ->> 'apiUrl' <> config.after ->> 'apiUrl'
)
UPDATE sync_schedules s SET next_sync_at = now()
FROM config
WHERE s.project_id = config.project_id AND s.source = 'github' AND config.before IS NOT NULL
  AND (SELECT array_agg(lower(n.name) ORDER BY lower(n.name)) FROM github_named(config.before) n)
      <> (SELECT array_agg(lower(n.name) ORDER BY lower(n.name)) FROM github_named(config.after) n)
