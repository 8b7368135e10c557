-- What earlier syncs of a project have found out: how far they came, by which site and JQL, and what kind of Jira it is.
WITH state AS (
    INSERT INTO jira_sync_state AS s (project_id) VALUES (:#${variable.claim[project_id]}::bigint)
    ON CONFLICT (project_id) DO UPDATE SET project_id = s.project_id
    RETURNING *
)
SELECT state.cursor_ms, state.fingerprint, state.site, state.deployment AS detected, state.jira_project_id,
       state.jira_project_key,
       CASE WHEN config.config_data ->> 'deployment' IN ('cloud', 'datacenter') THEN config.config_data ->> 'deployment'
            ELSE state.deployment END AS deployment
FROM state
JOIN integration_configs config ON config.id = :#${variable.claim[config_id]}::bigint
