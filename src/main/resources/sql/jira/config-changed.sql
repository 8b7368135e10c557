-- What a changed connection means for what is kept of Jira: what was learned of another place is forgotten, and a changed
-- mapping is applied to the issues that are stored.
WITH config AS (
    SELECT :#${body[project_id]}::bigint AS project_id, :#${body[before]}::jsonb AS before, :#${body[after]}::jsonb AS after
), compared AS (
    SELECT *, before ->> 'jiraUrl' = after ->> 'jiraUrl' AS same_address,
           (before ->> 'jiraUrl', before ->> 'projectKey') = (after ->> 'jiraUrl', after ->> 'projectKey') AS same_project,
           before -> 'fieldMappings' <> after -> 'fieldMappings'
               OR (before IS NOT NULL AND coalesce(before ->> 'customFields', 'all') <> coalesce(after ->> 'customFields', 'all'))
               AS remapped
    FROM config
), first_site AS (
    INSERT INTO jira_sites (project_id, site, address)
    SELECT project_id, 0, after ->> 'jiraUrl' FROM compared c
    WHERE NOT EXISTS (SELECT FROM jira_sites j WHERE j.project_id = c.project_id)
    ON CONFLICT DO NOTHING
)
-- Who was connected before, and has tickets of that time, may be connected with another site now.
INSERT INTO jira_sync_state AS s (project_id, site)
SELECT project_id, CASE WHEN NOT EXISTS (SELECT FROM jira_sites j WHERE j.project_id = c.project_id) THEN 0 END
FROM compared c
ON CONFLICT (project_id) DO UPDATE SET
    deployment = CASE WHEN (SELECT same_address FROM compared) THEN s.deployment END,
    base_url = CASE WHEN (SELECT same_address FROM compared) THEN s.base_url END,
    -- Whether another address leads to another site, the next sync finds out, or the next event.
    site = CASE WHEN NOT EXISTS (SELECT FROM jira_sites j WHERE j.project_id = s.project_id)
                  OR EXISTS (SELECT FROM jira_sites j JOIN compared ON j.address = compared.after ->> 'jiraUrl'
                             WHERE j.project_id = s.project_id AND j.site = s.site)
        THEN coalesce(s.site, 0) END,
    jira_project_id = CASE WHEN (SELECT same_project FROM compared) THEN s.jira_project_id END,
    jira_project_key = CASE WHEN (SELECT same_project FROM compared) THEN s.jira_project_key END,
    replay_pending = s.replay_pending OR coalesce((SELECT remapped FROM compared), false)
        AND EXISTS (SELECT FROM jira_tickets t WHERE t.project_id = s.project_id)
