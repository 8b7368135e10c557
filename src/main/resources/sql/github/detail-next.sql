-- The newest commits among those to be analysed of which nobody knows yet which files they changed, as many as make a look
-- worth its price.
SELECT sha FROM (
    SELECT sha, detailed, committed_at FROM github_commits
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint AND reachable
    ORDER BY committed_at DESC
    LIMIT coalesce((:#${variable.claim[config]}::jsonb ->> 'commitAnalysisLimit')::integer,
                   :#${properties:platform.github.commit-analysis-limit}::integer)
) AS newest
WHERE NOT detailed AND sha <> ALL (:#${variable.details.leftOut}::text[])
ORDER BY committed_at DESC
LIMIT 100
