-- The newest commits of which nobody knows yet how much they changed, as many as are asked for at once.
SELECT sha FROM github_commits
WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
  AND additions IS NULL AND coalesce(statistics_missed_at < now() - interval '7 days', true)
  AND sha <> ALL (:#${variable.statistics.leftOut}::text[])
ORDER BY committed_at DESC
LIMIT :#${variable.statistics.size}::integer
