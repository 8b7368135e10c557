-- When a repository was pushed to last, as this sync has found it. Empty where it does not know, or where it was just now: GitHub
-- says whole seconds, and another push may have come within the same. Empty, too, where rules of branches have changed: the
-- list of branches says which are protected, and no push tells of that.
SELECT coalesce((
    SELECT r.pushed_at::text FROM github_repositories r
    WHERE r.project_id = :#${variable.projectId}::bigint AND r.repository_id = :#${variable.repositoryId}::bigint
      AND r.pushed_at < now() - interval '2 minutes'
      AND NOT EXISTS (SELECT FROM github_pending_work w
                      WHERE w.project_id = r.project_id AND w.event_type = 'branch_protection_rule')
      AND EXISTS (SELECT FROM sync_stream_logs s
                  WHERE s.sync_id = :#${variable.syncId}::bigint AND s.scope = :#${variable.scope}
                    AND s.stream = 'repository' AND s.state = 'completed')), '') AS pushed_at
