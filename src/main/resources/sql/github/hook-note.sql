-- Notes how a hook is, and audits where one was made.
WITH noted AS (
    UPDATE github_hooks h SET
        state = :#${variable.outcome.state}, error = :#${variable.outcome.error}::text,
        hook_id = coalesce(:#${variable.outcome.hookId}::bigint, CASE WHEN :#${variable.outcome.state} = 'none' THEN NULL ELSE h.hook_id END),
        hook_url = coalesce(:#${variable.outcome.hookUrl}::text, h.hook_url),
        url = coalesce(:#${variable.outcome.deliversTo}::text, h.url),
        made = h.made OR :#${variable.outcome.created}::boolean,
        secret_id = coalesce(:#${variable.outcome.secretId}::bigint, h.secret_id),
        events = coalesce(:#${variable.outcome.events}::jsonb, h.events),
        last_delivery = coalesce(:#${variable.outcome.lastDelivery}::jsonb, h.last_delivery),
        attempts = CASE WHEN :#${variable.outcome.error}::text IS NULL THEN 0 ELSE h.attempts + 1 END,
        next_at = now() + make_interval(secs => :#${variable.outcome.pauseSeconds}::double precision)
    WHERE h.config_id = :#${variable.claim[id]}::bigint AND h.repository = :#${variable.claim[repository]}
    RETURNING h.repository, h.hook_id, h.url
)
INSERT INTO audit_log (actor, action, target, after)
SELECT 'system', 'github-hook.create', 'project/' || :#${variable.claim[project_id]}::bigint,
       jsonb_build_object('repository', repository, 'hookId', hook_id, 'url', url)
FROM noted WHERE :#${variable.outcome.created}::boolean
