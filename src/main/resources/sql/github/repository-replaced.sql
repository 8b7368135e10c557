-- Gives a repository whose name is another one's now a name of its own, so that its collected data stays separate, and has the
-- number that the connection knows learned again.
WITH marked AS (
    UPDATE github_repositories SET
        full_name = full_name || ' (former, ' || repository_id || ')', replaced_name = full_name, stored_at = now()
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
      AND replaced_name IS NULL
    RETURNING project_id, replaced_name, full_name
), audited AS (
    INSERT INTO audit_log (actor, action, target, before, after)
    SELECT 'github', 'github-config.replaced', 'project/' || project_id, jsonb_build_object('repository', replaced_name),
           jsonb_build_object('repository', full_name)
    FROM marked
)
UPDATE integration_configs c SET
    config_data = CASE WHEN (c.config_data ->> 'repositoryId')::bigint = :#${variable.repositoryId}::bigint
        THEN c.config_data - 'repositoryId'
        ELSE jsonb_set(c.config_data, '{repositoryIds}',
                       coalesce(c.config_data -> 'repositoryIds', '{}') - lower(:#${variable.connection.repository}::text)) END
WHERE c.id = :#${variable.claim[config_id]}::bigint
