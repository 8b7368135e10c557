-- The tickets that the pages of a full walk did not bring. The list is cut where a mass deletion is held back anyway,
-- unless somebody has confirmed it.
WITH seen AS MATERIALIZED (
    SELECT DISTINCT unnest(jira_ids) AS jira_id FROM jira_sync_seen WHERE sync_id = :#${variable.run.syncId}
), missing AS MATERIALIZED (
    SELECT t.jira_id, t.jira_key FROM jira_tickets t
    WHERE t.project_id = :#${variable.run.projectId} AND t.sync_status <> 'deleted'
      AND NOT EXISTS (SELECT FROM seen WHERE seen.jira_id = t.jira_id)
      -- What came to be here after the walk began, by a webhook or another sync, was not in it for good reason.
      AND t.created_at < (SELECT started_at FROM sync_logs WHERE id = :#${variable.run.syncId})
), listed AS (
    SELECT * FROM missing ORDER BY jira_id
    LIMIT CASE WHEN :#${variable.run.isConfirmDeletions}::boolean THEN NULL ELSE 501 END
)
SELECT (SELECT count(*) FROM missing) AS missing,
       (SELECT count(*) FROM seen) AS seen,
       (SELECT count(*) FROM jira_tickets WHERE project_id = :#${variable.run.projectId} AND sync_status <> 'deleted') AS local,
       (SELECT coalesce(array_agg(jira_id ORDER BY jira_id), '{}') FROM listed) AS ids,
       (SELECT coalesce(array_agg(jira_key ORDER BY jira_id), '{}') FROM listed) AS keys
