-- The events whose news a sync finds, too, since it reads the lists that they are about.
CREATE FUNCTION github_sync_finds(event_type text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT event_type IN ('push', 'create', 'delete', 'repository', 'pull_request', 'issues', 'release', 'workflow_run')
$$;
