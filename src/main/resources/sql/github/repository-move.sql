-- Calls the repository of a connection as it is called now: the one of that id, or of the former name where no id is known.
-- What a late delivery says of a name that was given up again changes nothing.
WITH former AS MATERIALIZED (
    SELECT id, project_id, config_data ->> 'repository' AS repository FROM integration_configs
    WHERE project_id = :#${body.projectId}::bigint AND integration_type = 'github'
      AND CASE WHEN config_data ->> 'repositoryId' IS NOT NULL THEN (config_data ->> 'repositoryId')::bigint = :#${body.repositoryId}::bigint
               ELSE lower(config_data ->> 'repository') = lower(:#${body.from}) END
      AND config_data ->> 'repository' <> :#${body.to}
      AND coalesce((config_data ->> 'repositoryMovedAt')::timestamptz, '-infinity')
          <= coalesce(:#${body.at}::timestamptz, 'infinity')
    FOR UPDATE
), moved AS (
    UPDATE integration_configs c SET
        config_data = c.config_data || jsonb_strip_nulls(jsonb_build_object(
            'repository', :#${body.to}::text, 'repositoryId', :#${body.repositoryId}::bigint,
            'repositoryMovedAt', :#${body.at}::text)),
        updated_at = now()
    FROM former WHERE c.id = former.id
)
INSERT INTO audit_log (actor, action, target, before, after)
SELECT 'github', 'github-config.move', 'project/' || project_id, jsonb_build_object('repository', repository),
       jsonb_build_object('repository', :#${body.to}::text, 'traceId', :#${body.traceId}::text)
FROM former
