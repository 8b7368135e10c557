-- Keeps what webhooks say of changes, once each; the delivery that wrote a row is named on it.
WITH changes AS (
    INSERT INTO jira_ticket_changes (ticket_id, change_id, item, at, author, field, from_text, to_text, trace_id)
    SELECT t.id, c.change_id, c.item, timestamptz 'epoch' + c.at * interval '1 ms', c.author, c.field, c.from_text, c.to_text,
           c.trace_id
    FROM unnest(:#jiraIds::bigint[], :#changeIds::text[], :#items::integer[], :#ats::bigint[], :#authors::text[],
                :#fields::text[], :#froms::text[], :#tos::text[], :#traceIds::text[])
        AS c (jira_id, change_id, item, at, author, field, from_text, to_text, trace_id)
    JOIN jira_tickets t ON t.project_id = :#projectId::bigint AND t.site = :#site::integer AND t.jira_id = c.jira_id
    ON CONFLICT DO NOTHING
    RETURNING ticket_id, field
), discussed AS MATERIALIZED (
    SELECT store_discussion(t.id, d.discussion::jsonb, false)
    FROM unnest(:#discussedIds::bigint[], :#discussions::text[]) WITH ORDINALITY AS d (jira_id, discussion, number)
    JOIN jira_tickets t ON t.project_id = :#projectId::bigint AND t.site = :#site::integer AND t.jira_id = d.jira_id
    ORDER BY d.number
), linked AS (
    -- A link that leads out of Jira came or went; which, the event does not say.
    INSERT INTO jira_remote_link_queue AS q (ticket_id, project_id)
    SELECT DISTINCT t.id, t.project_id FROM changes JOIN jira_tickets t ON t.id = changes.ticket_id
    WHERE changes.field = 'RemoteIssueLink'
    ON CONFLICT (ticket_id) DO UPDATE SET next_attempt_at = now(), attempts = 0
)
UPDATE jira_tickets t SET trace_id = w.trace_id
FROM unnest(:#writtenIds::bigint[], :#writtenTraces::text[]) AS w (jira_id, trace_id)
WHERE (SELECT count(*) FROM discussed) >= 0 AND t.project_id = :#projectId::bigint AND t.site = :#site::integer AND t.jira_id = w.jira_id AND t.trace_id IS DISTINCT FROM w.trace_id
