-- Doubts the workflow runs of a page's span of time that the page does not have, unless they came in after it was asked for;
-- what it has is doubted no longer. All runs could be too many to be remembered until the end of the crawl.
WITH page AS MATERIALIZED (
    SELECT unnest(:#${variable.runs.listed}::bigint[]) AS id
)
UPDATE github_workflow_runs r SET doubted_at = CASE WHEN r.doubted_at IS NULL THEN now() END
WHERE r.project_id = :#${variable.projectId}::bigint AND r.repository_id = :#${variable.repositoryId}::bigint
  AND CASE WHEN r.doubted_at IS NULL
      THEN r.stored_at < :#${variable.streamRun.fetchedAt}::timestamptz AND r.id NOT IN (SELECT id FROM page)
      ELSE r.id IN (SELECT id FROM page) END
  AND r.created_at > :#${variable.runs.after}::timestamptz AND r.created_at <= :#${variable.runs.until}::timestamptz
