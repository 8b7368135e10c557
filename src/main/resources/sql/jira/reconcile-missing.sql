-- The tickets that the pages of a full walk did not bring, and how many are of a site that the connection no longer leads to. To
-- be looked at are also the issues that were quarantined earlier and did not come again. The list is cut where a mass deletion
-- is held back anyway, unless somebody has confirmed it.
WITH seen AS MATERIALIZED (
    SELECT DISTINCT unnest(jira_ids) AS jira_id FROM jira_sync_seen WHERE sync_id = :#${variable.run.syncId}
), missing AS MATERIALIZED (
    SELECT t.jira_id, t.jira_key FROM jira_tickets t
    WHERE t.project_id = :#${variable.run.projectId} AND t.site = :#${variable.run.site} AND t.sync_status <> 'deleted'
      AND NOT EXISTS (SELECT FROM seen WHERE seen.jira_id = t.jira_id)
      -- What came to be here after the walk began, by a webhook or another sync, was not in it for good reason.
      AND t.created_at < (SELECT started_at FROM sync_logs WHERE id = :#${variable.run.syncId})
), aside AS MATERIALIZED (
    SELECT e.jira_id::bigint AS jira_id, coalesce(e.jira_key, '') AS jira_key FROM jira_ticket_errors e
    WHERE e.project_id = :#${variable.run.projectId} AND e.jira_id ~ '^[0-9]{1,18}$'
      AND e.created_at < (SELECT started_at FROM sync_logs WHERE id = :#${variable.run.syncId})
      AND NOT EXISTS (SELECT FROM seen WHERE seen.jira_id::text = e.jira_id)
      AND NOT EXISTS (SELECT FROM missing WHERE missing.jira_id::text = e.jira_id)
    ORDER BY e.id LIMIT 500
), listed AS (
    (SELECT *, false AS aside FROM missing ORDER BY jira_id
     LIMIT CASE WHEN :#${variable.run.isConfirmDeletions}::boolean THEN NULL ELSE 501 END)
    UNION ALL
    SELECT *, true FROM aside
)
SELECT (SELECT count(*) FROM missing) AS missing,
       (SELECT count(*) FROM seen) AS seen,
       (SELECT count(*) FROM jira_tickets WHERE project_id = :#${variable.run.projectId} AND sync_status <> 'deleted') AS local,
       (SELECT count(*) FROM jira_tickets t WHERE t.project_id = :#${variable.run.projectId} AND t.sync_status <> 'deleted'
           AND t.site <> :#${variable.run.site}) AS elsewhere,
       (SELECT coalesce(array_agg(jira_id ORDER BY aside, jira_id), '{}') FROM listed) AS ids,
       (SELECT coalesce(array_agg(jira_key ORDER BY aside, jira_id), '{}') FROM listed) AS keys,
       (SELECT count(*) FROM listed) AS looks
