-- Claims the hooks that are to be removed, when the connection's other hooks have been looked at: one of them may be the same
-- hook under another name. Such a one stays and is ours there, as is one that another connection names, whether or not it has
-- found it.
WITH same AS MATERIALIZED (
    SELECT r.id AS removal_id, r.hook_id, r.hook_url, h.id AS hook_row FROM github_hook_removals r
    JOIN github_hooks h ON h.api_url = r.config ->> 'apiUrl' AND (h.hook_id = r.hook_id OR (
        h.hook_id IS NULL AND lower(h.repository) = lower(r.repository) AND github_same_address(h.url, r.url)))
    JOIN integration_configs c ON c.id = h.config_id AND c.config_data ->> 'apiUrl' = r.config ->> 'apiUrl'
), kept AS (
    UPDATE github_hooks h SET made = true, hook_id = same.hook_id, hook_url = coalesce(h.hook_url, same.hook_url)
    FROM same WHERE h.id = same.hook_row
), dropped AS (
    DELETE FROM github_hook_removals WHERE id IN (SELECT removal_id FROM same)
), due AS (
    SELECT r.id FROM github_hook_removals r
    WHERE r.next_at <= now() AND r.id NOT IN (SELECT removal_id FROM same)
      AND NOT EXISTS (SELECT FROM github_hooks h WHERE h.config_id = r.config_id AND h.state = 'pending')
    ORDER BY r.next_at LIMIT 20 FOR UPDATE SKIP LOCKED
), claimed AS (
    UPDATE github_hook_removals r SET next_at = now() + interval '2 minutes', attempts = r.attempts + 1
    FROM due WHERE r.id = due.id
    RETURNING r.*
)
SELECT r.id AS row_id, r.config_id AS id, r.project_id, r.config::text AS config, r.repository, r.hook_id, r.hook_url, r.url,
       r.attempts, c.config_data ->> 'apiUrl' AS api_url
FROM claimed r LEFT JOIN integration_configs c ON c.id = r.config_id
