-- Removes an issue that is gone, or doubts it no longer, and counts the question and the removal.
WITH gone AS (
    DELETE FROM github_issues
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
      AND number = :#${variable.item[number]}::bigint AND :#${variable.gone}::boolean
    RETURNING project_id, repository_id, number
), unlinked AS (
    DELETE FROM github_links l USING gone
    WHERE l.project_id = gone.project_id AND l.repository_id = gone.repository_id AND l.kind = 'issue' AND l.ref = gone.number::text
), there AS (
    UPDATE github_issues SET doubted_at = NULL
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
      AND number = :#${variable.item[number]}::bigint AND NOT :#${variable.gone}::boolean
), counted AS (
    UPDATE sync_stream_logs s SET requests = s.requests + 1, deleted = s.deleted + (SELECT count(*) FROM gone)::integer
    WHERE s.sync_id = :#${variable.syncId}::bigint AND s.scope = :#${variable.scope} AND s.stream = :#${variable.stream}
)
UPDATE sync_logs l SET deleted = l.deleted + (SELECT count(*) FROM gone)::integer WHERE l.id = :#${variable.syncId}::bigint
