-- That GitHub says a hook was deleted there: it is looked at at once. One that was to be removed is gone.
WITH gone AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset(:#${variable.hooks}::jsonb) AS g (project_id bigint, hook_id bigint)
), removed AS (
    DELETE FROM github_hook_removals r USING gone WHERE r.project_id = gone.project_id AND r.hook_id = gone.hook_id
)
UPDATE github_hooks h SET
    state = 'pending', hook_id = NULL, hook_url = NULL, made = false, secret_id = NULL, events = NULL, last_delivery = NULL,
    error = 'The hook was deleted at GitHub; it is made again. To be without it, save the connection without webhookUrl.',
    next_at = now()
FROM gone, integration_configs c
WHERE h.hook_id = gone.hook_id AND c.id = h.config_id AND c.project_id = gone.project_id
