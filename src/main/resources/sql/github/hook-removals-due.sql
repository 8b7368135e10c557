-- Claims the hooks that are to be removed, when the connection's other hooks have been looked at: one of them may be the same
-- hook under another name. Such a one stays, and is ours there.
WITH same AS MATERIALIZED (
    SELECT r.id AS removal_id, h.id AS hook_row FROM github_hook_removals r
    JOIN github_hooks h ON h.hook_id = r.hook_id
    JOIN integration_configs c ON c.id = h.config_id AND c.config_data ->> 'apiUrl' = r.config ->> 'apiUrl'
), kept AS (
    UPDATE github_hooks SET made = true WHERE id IN (SELECT hook_row FROM same)
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
