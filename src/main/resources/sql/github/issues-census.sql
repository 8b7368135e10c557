-- Doubts the issues that are not among all that GitHub's list has, unless they came in after it was asked: the list moves while
-- it is read, so an issue may be missed that is there.
WITH listed AS MATERIALIZED (
    SELECT jsonb_array_elements_text(:#${variable.ids}::jsonb)::bigint AS number
), doubted AS (
    UPDATE github_issues i SET doubted_at = now()
    WHERE i.project_id = :#${variable.projectId}::bigint AND i.repository_id = :#${variable.repositoryId}::bigint
      AND i.stored_at < :#${variable.since}::timestamptz AND i.doubted_at IS NULL
      AND i.number NOT IN (SELECT number FROM listed)
)
SELECT 0 AS deleted
