-- Doubts the deployments that are not among all that GitHub's list has, unless they came in after it was asked: the list moves
-- while it is read, so one may be missed that is there.
WITH listed AS MATERIALIZED (
    SELECT jsonb_array_elements_text(:#${variable.ids}::jsonb)::bigint AS id
), doubted AS (
    UPDATE github_deployments d SET doubted_at = now()
    WHERE d.project_id = :#${variable.projectId}::bigint AND d.repository_id = :#${variable.repositoryId}::bigint
      AND d.stored_at < :#${variable.since}::timestamptz AND d.doubted_at IS NULL
      AND d.id NOT IN (SELECT id FROM listed)
)
SELECT 0 AS deleted
