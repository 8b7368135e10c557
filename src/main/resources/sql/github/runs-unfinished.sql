-- The workflow runs that are asked for one by one. Those that were not at their end when they were seen last, and that this walk
-- has not just seen: a few in each sync, those of the last hours first, then others in turn. And those that a full sync has not
-- seen, which may be gone; no more than a sync may ask for.
WITH unfinished AS (
    SELECT id, created_at FROM github_workflow_runs
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
      AND status <> 'completed' AND id <> ALL (:#${variable.runs.seen}::bigint[]) AND doubted_at IS NULL
    ORDER BY created_at > now() - interval '6 hours' DESC, md5(id::text || :#${variable.syncId}::text)
    LIMIT :#${variable.runs.again}::integer
), doubted AS (
    SELECT id, created_at FROM github_workflow_runs
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
      AND doubted_at IS NOT NULL
    ORDER BY created_at DESC, id
    LIMIT :#${properties:platform.github.missing-limit}::integer
)
SELECT id FROM (SELECT * FROM unfinished UNION ALL SELECT * FROM doubted) AS few
ORDER BY created_at DESC, id
