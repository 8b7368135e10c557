-- Stores how much commits changed, where that is not known: it never changes. Of which GitHub does not say it, it is asked
-- again after a week.
WITH input AS MATERIALIZED (
    SELECT DISTINCT ON (r.sha) r.* FROM jsonb_to_recordset(:#${variable.rows}::jsonb)
        AS r (sha text, additions integer, deletions integer, files_count integer)
), written AS (
    UPDATE github_commits c SET
        additions = input.additions, deletions = input.deletions, files_count = coalesce(c.files_count, input.files_count)
    FROM input
    WHERE c.project_id = :#${variable.projectId}::bigint AND c.repository_id = :#${variable.repositoryId}::bigint
      AND c.sha = input.sha AND c.additions IS NULL
    RETURNING 1
), missed AS (
    UPDATE github_commits c SET statistics_missed_at = now()
    WHERE c.project_id = :#${variable.projectId}::bigint AND c.repository_id = :#${variable.repositoryId}::bigint
      AND c.sha = ANY (:#${variable.statistics.leftOut}::text[]) AND c.additions IS NULL
)
SELECT whole.number AS processed, 0 AS created, done.number AS updated, whole.number - done.number AS unchanged
FROM (SELECT count(*)::integer AS number FROM input) AS whole, (SELECT count(*)::integer AS number FROM written) AS done
