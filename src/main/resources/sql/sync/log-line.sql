-- What the log says of a sync that this instance holds or has ended: which, of what, how many, how long.
SELECT CASE WHEN l.status = 'failed' THEN 'WARN' ELSE 'INFO' END AS level,
       :#${body.title} || ' sync ' || l.id || ' of ' || p.key || ' '
       || CASE WHEN l.status <> 'running' THEN l.status || ': ' || figures.text || coalesce('. ' || l.error_message, '')
               WHEN l.waiting_until IS NOT NULL THEN 'waits: ' || l.state_text
               WHEN l.pages > 0 THEN 'goes on after ' || figures.text
               ELSE 'started: ' || l.sync_type || coalesce(', resumes sync ' || l.resumed_from, '') END AS text
FROM sync_logs l
JOIN projects p ON p.id = l.project_id
CROSS JOIN LATERAL (
    SELECT concat_ws(', ',
        l.processed || ' ' || :#${body.items},
        nullif(l.created, 0) || ' created', nullif(l.updated, 0) || ' updated', nullif(l.deleted, 0) || ' deleted',
        nullif(l.invalid, 0) || ' quarantined', nullif(jsonb_array_length(l.warnings), 0) || ' warnings',
        to_char(extract(epoch FROM coalesce(l.completed_at, clock_timestamp()) - l.started_at), 'FM999999990.0') || ' s') AS text
) figures
WHERE l.id = :#${variable.syncId}::bigint AND (l.owner IS NULL OR l.owner = :#${bean:syncLeases?method=getOwner})
