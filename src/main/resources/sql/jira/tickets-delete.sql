-- Marks tickets as deleted in Jira, or out of the project's scope; the rows stay.
WITH gone AS (
    UPDATE jira_tickets SET
        sync_status = 'deleted', deleted_at = now(), last_synced = now(), updated_at = now(),
        deleted_reason = CASE WHEN jira_id = ANY (:#${variable.census.getGone}::bigint[])
            THEN 'not in Jira any more, or not visible to the account' ELSE 'no longer matches the JQL' END
    WHERE project_id = :#${variable.run.projectId} AND sync_status <> 'deleted'
      AND (jira_id = ANY (:#${variable.census.getGone}::bigint[]) OR jira_id = ANY (:#${variable.census.getOutOfScope}::bigint[]))
    RETURNING 1
)
SELECT count(*)::integer AS deleted FROM gone
