-- Removes a deployment that is gone, or doubts it no longer, and counts the question and the removal.
WITH gone AS (
    DELETE FROM github_deployments
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
      AND id = :#${variable.item[id]}::bigint AND :#${variable.gone}::boolean
    RETURNING project_id, repository_id, id
), unread AS (
    DELETE FROM github_reads r USING gone
    WHERE r.project_id = gone.project_id AND r.repository_id = gone.repository_id AND r.stream = 'deployment-statuses'
      AND r.ref = gone.id::text
), there AS (
    UPDATE github_deployments SET doubted_at = NULL
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
      AND id = :#${variable.item[id]}::bigint AND NOT :#${variable.gone}::boolean
), counted AS (
    UPDATE sync_stream_logs s SET requests = s.requests + 1, deleted = s.deleted + (SELECT count(*) FROM gone)::integer
    WHERE s.sync_id = :#${variable.syncId}::bigint AND s.scope = :#${variable.scope} AND s.stream = :#${variable.stream}
)
UPDATE sync_logs l SET deleted = l.deleted + (SELECT count(*) FROM gone)::integer WHERE l.id = :#${variable.syncId}::bigint
