-- Connections of other projects with which one has a hook in common, directly or by others in between: the same API, the same
-- address to deliver to, and a repository that both name, by its number or by its name.
CREATE OR REPLACE FUNCTION github_hook_sharers(project bigint, config jsonb) RETURNS TABLE (config_id bigint, project_id bigint)
LANGUAGE sql STABLE AS $$
    WITH RECURSIVE named AS (
        SELECT c.id AS config_id, c.project_id, lower(n.name) AS repository, n.id AS number
        FROM integration_configs c, github_named(c.config_data) n
        WHERE c.integration_type = 'github' AND c.is_active AND c.project_id <> project
          AND github_same_address(c.config_data ->> 'apiUrl', config ->> 'apiUrl')
          AND github_same_address(c.config_data ->> 'webhookUrl', config ->> 'webhookUrl')
          AND config ->> 'webhookUrl' IS NOT NULL
    ), reached AS (
        SELECT named.config_id, named.project_id FROM named
        JOIN github_named(config) own ON lower(own.name) = named.repository OR own.id = named.number
        UNION
        SELECT other.config_id, other.project_id
        FROM reached
        JOIN named mine ON mine.config_id = reached.config_id
        JOIN named other ON other.repository = mine.repository OR other.number = mine.number
    )
    SELECT reached.config_id, reached.project_id FROM reached
$$;
