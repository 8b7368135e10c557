-- Removes the work that the last complete sync has done: what was kept before it began.
DELETE FROM github_pending_work w
WHERE w.project_id = :#${variable.projectId}::bigint AND github_sync_finds(w.event_type)
  AND w.created_at < (SELECT max(l.started_at) FROM sync_logs l
                      WHERE l.project_id = w.project_id AND l.source = 'github' AND l.status = 'completed')
