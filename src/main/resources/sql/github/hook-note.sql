-- Notes how a hook is, and audits where one was made. One that was made while its connection was changed is to be removed.
WITH noted AS (
    UPDATE github_hooks h SET
        state = :#${variable.outcome.state}, error = :#${variable.outcome.error}::text,
        made = :#${variable.outcome.created}::boolean
            OR (h.made AND h.hook_id = coalesce(:#${variable.outcome.hookId}::bigint, h.hook_id)),
        hook_id = coalesce(:#${variable.outcome.hookId}::bigint, h.hook_id),
        hook_url = coalesce(:#${variable.outcome.hookUrl}::text, h.hook_url),
        secret_id = coalesce(:#${variable.outcome.secretId}::bigint, h.secret_id),
        events = coalesce(:#${variable.outcome.events}::jsonb, h.events),
        last_delivery = coalesce(:#${variable.outcome.lastDelivery}::jsonb, h.last_delivery),
        attempts = CASE WHEN :#${variable.outcome.error}::text IS NULL THEN 0 ELSE h.attempts + 1 END,
        next_at = now() + make_interval(secs => :#${variable.outcome.pauseSeconds}::double precision)
    WHERE h.id = :#${variable.claim[row_id]}::bigint
    RETURNING h.id
), orphaned AS (
    INSERT INTO github_hook_removals (config_id, project_id, config, repository, hook_id, hook_url, url)
    SELECT :#${variable.claim[id]}::bigint, :#${variable.claim[project_id]}::bigint, :#${variable.claim[config]}::jsonb,
           :#${variable.connection.repository}, :#${variable.outcome.hookId}::bigint, :#${variable.outcome.hookUrl},
           :#${variable.connection.webhookUrl}
    WHERE :#${variable.outcome.created}::boolean AND NOT EXISTS (SELECT FROM noted)
)
INSERT INTO audit_log (actor, action, target, after)
SELECT 'system', 'github-hook.create', 'project/' || :#${variable.claim[project_id]}::bigint,
       jsonb_build_object('repository', :#${variable.connection.repository}::text,
                          'hookId', :#${variable.outcome.hookId}::bigint, 'url', :#${variable.connection.webhookUrl}::text)
WHERE :#${variable.outcome.created}::boolean
