-- The workflow runs that were not at their end when they were seen last, and that this walk has not just seen: a few in each
-- sync, those of the last hours first, then others in turn.
SELECT id FROM (
    SELECT id, created_at FROM github_workflow_runs
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
      AND status <> 'completed' AND id <> ALL (:#${variable.runs.seen}::bigint[])
    ORDER BY created_at > now() - interval '6 hours' DESC, md5(id::text || :#${variable.syncId}::text)
    LIMIT :#${variable.runs.again}::integer
) AS few
ORDER BY created_at DESC
