-- The sites of a project, those first that bear the address, then the latest, each with up to 20 of its issues.
SELECT s.site, s.address = ? OR coalesce(s.base_url = ?, false) AS named, t.jira_id, t.jira_key, p.length, p.payload
FROM jira_sites s
LEFT JOIN LATERAL (
    SELECT t.id, t.jira_id, t.jira_key FROM jira_tickets t
    WHERE t.project_id = s.project_id AND t.site = s.site
      AND (t.sync_status <> 'deleted' OR t.deleted_reason = 'other-site')
    ORDER BY md5(t.jira_id::text) LIMIT 20
) t ON true
LEFT JOIN jira_ticket_payloads p ON p.ticket_id = t.id
WHERE s.project_id = ?
ORDER BY named DESC, s.used_at DESC, s.site DESC, t.jira_id
