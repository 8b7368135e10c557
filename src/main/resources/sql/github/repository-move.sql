-- Calls a repository of a connection as it is called now: the one of that id, or of the former name where no id is known.
-- What a late delivery says of a name that was given up again changes nothing.
WITH former AS MATERIALIZED (
    SELECT c.id, c.project_id, github_name_in(c.config_data, :#${body.repositoryId}::bigint, :#${body.from}) AS repository
    FROM integration_configs c
    WHERE c.project_id = :#${body.projectId}::bigint AND c.integration_type = 'github'
      AND github_name_in(c.config_data, :#${body.repositoryId}::bigint, :#${body.from}) <> :#${body.to}
      AND coalesce((c.config_data -> 'repositoriesMovedAt' ->> :#${body.repositoryId}::text)::timestamptz, '-infinity')
          <= coalesce(:#${body.at}::timestamptz, 'infinity')
    FOR UPDATE
), moved AS (
    UPDATE integration_configs c SET
        config_data = github_learned(c.config_data, former.repository, :#${body.repositoryId}::bigint, :#${body.to})
            || CASE WHEN :#${body.at}::text IS NULL THEN '{}' ELSE jsonb_build_object('repositoriesMovedAt',
                   coalesce(c.config_data -> 'repositoriesMovedAt', '{}')
                   || jsonb_build_object(:#${body.repositoryId}::text, :#${body.at}::text)) END,
        updated_at = now()
    FROM former WHERE c.id = former.id
), hooked AS (
    UPDATE github_hooks h SET repository = :#${body.to}
    FROM former WHERE h.config_id = former.id AND lower(h.repository) = lower(former.repository)
      AND NOT EXISTS (SELECT FROM github_hooks o WHERE o.config_id = h.config_id AND o.id <> h.id AND lower(o.repository) = lower(:#${body.to}))
)
INSERT INTO audit_log (actor, action, target, before, after)
SELECT 'github', 'github-config.move', 'project/' || project_id, jsonb_build_object('repository', repository),
       jsonb_build_object('repository', :#${body.to}::text, 'traceId', :#${body.traceId}::text)
FROM former
