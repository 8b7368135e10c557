-- Notes what became of a removal: gone, to be tried again, or given up.
WITH over AS (
    DELETE FROM github_hook_removals
    WHERE id = :#${variable.claim[row_id]}::bigint AND :#${variable.removal.pauseSeconds}::double precision IS NULL
    RETURNING *
), later AS (
    UPDATE github_hook_removals SET
        error = :#${variable.removal.error}::text,
        next_at = now() + make_interval(secs => :#${variable.removal.pauseSeconds}::double precision)
    WHERE id = :#${variable.claim[row_id]}::bigint AND :#${variable.removal.pauseSeconds}::double precision IS NOT NULL
)
INSERT INTO audit_log (actor, action, target, before, after)
SELECT 'system', 'github-hook.delete', 'project/' || project_id,
       jsonb_build_object('repository', repository, 'hookId', hook_id, 'url', url),
       CASE WHEN :#${variable.removal.error}::text IS NOT NULL THEN jsonb_build_object('error', :#${variable.removal.error}::text) END
FROM over
