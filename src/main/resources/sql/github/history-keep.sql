-- Leaves the rest of a history for the end of the sync.
INSERT INTO github_histories (project_id, repository_id, sha, next)
VALUES (:#${variable.projectId}::bigint, :#${variable.repositoryId}::bigint, :#${variable.head}, :#${variable.rest})
ON CONFLICT (project_id, repository_id, sha) DO UPDATE SET next = excluded.next
