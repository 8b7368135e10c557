-- Marks tickets as deleted that Jira says are gone; the rows stay.
UPDATE jira_tickets SET
    sync_status = 'deleted', deleted_at = now(), deleted_reason = 'deleted in Jira', last_synced = now(), updated_at = now()
WHERE project_id = :#${variable.run.projectId} AND sync_status <> 'deleted'
  AND jira_id = ANY (:#${variable.plan.getGone}::bigint[])
