-- Connections of other projects with which one has a hook in common, directly or by others in between: the same API, the same
-- address to deliver to, and a repository that both name.
CREATE FUNCTION github_hook_sharers(project bigint, config jsonb) RETURNS TABLE (config_id bigint, project_id bigint)
LANGUAGE sql STABLE AS $$
    WITH RECURSIVE named AS (
        SELECT c.id AS config_id, c.project_id, lower(n.name) AS repository
        FROM integration_configs c, github_named(c.config_data) n
        WHERE c.integration_type = 'github' AND c.is_active AND c.project_id <> project
          AND github_same_address(c.config_data ->> 'apiUrl', config ->> 'apiUrl')
          AND github_same_address(c.config_data ->> 'webhookUrl', config ->> 'webhookUrl')
          AND config ->> 'webhookUrl' IS NOT NULL
    ), reached AS (
        SELECT named.config_id, named.project_id FROM named
        JOIN github_named(config) own ON lower(own.name) = named.repository
        UNION
        SELECT other.config_id, other.project_id
        FROM reached
        JOIN named mine ON mine.config_id = reached.config_id
        JOIN named other ON other.repository = mine.repository
    )
    SELECT reached.config_id, reached.project_id FROM reached
$$;

-- When a hook's deliveries were last refused for their signature, so that its secret was set again.
ALTER TABLE github_hooks ADD COLUMN refused_at timestamptz;

-- The name of a repository that another one bears now: what was collected of the former one stays under a name of its own.
ALTER TABLE github_repositories ADD COLUMN replaced_name text;

-- Issues that a full sync has not seen: GitHub is asked for each before it is removed.
ALTER TABLE github_issues ADD COLUMN doubted_at timestamptz;
CREATE INDEX github_issues_doubted ON github_issues (project_id, repository_id) WHERE doubted_at IS NOT NULL;
