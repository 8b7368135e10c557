-- Notes that a hook which the platform made was removed at GitHub, or was gone there.
WITH removed AS (
    UPDATE github_hooks SET made = false, hook_id = NULL, hook_url = NULL, url = NULL, secret_id = NULL, events = NULL, last_delivery = NULL
    WHERE config_id = :#${variable.claim[id]}::bigint AND repository = :#${variable.claim[repository]}
    RETURNING repository
)
INSERT INTO audit_log (actor, action, target, before)
SELECT 'system', 'github-hook.delete', 'project/' || :#${variable.claim[project_id]}::bigint,
       jsonb_build_object('repository', repository, 'url', :#${variable.claim[url]}::text)
FROM removed
