-- A project's Jira can become another one, and two have the same ids: where an issue is belongs to what it is.

-- The Jiras that a project was connected with, numbered from 0.
CREATE TABLE jira_sites (
    project_id bigint  NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    site       integer NOT NULL,
    -- Where its API is.
    address    text    NOT NULL,
    -- Where it takes itself to be, as far as it says so.
    base_url   text,
    used_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project_id, site)
);

INSERT INTO jira_sites (project_id, site, address, base_url)
SELECT c.project_id, 0, c.config_data ->> 'jiraUrl', s.base_url
FROM integration_configs c LEFT JOIN jira_sync_state s ON s.project_id = c.project_id
WHERE c.integration_type = 'jira';

INSERT INTO jira_sites (project_id, site, address, base_url)
SELECT s.project_id, 0, coalesce(s.base_url, ''), s.base_url FROM jira_sync_state s
ON CONFLICT DO NOTHING;

-- Of a connection that was removed only its tickets tell.
INSERT INTO jira_sites (project_id, site, address)
SELECT p.id, 0, '' FROM projects p WHERE EXISTS (SELECT FROM jira_tickets t WHERE t.project_id = p.id)
ON CONFLICT DO NOTHING;

ALTER TABLE jira_tickets ADD COLUMN site integer NOT NULL DEFAULT 0;
ALTER TABLE jira_tickets DROP CONSTRAINT jira_tickets_identity;
ALTER TABLE jira_tickets ADD CONSTRAINT jira_tickets_identity UNIQUE (project_id, jira_id, site);

-- Why a ticket is no longer reached, by its name.
UPDATE jira_tickets SET deleted_reason = CASE deleted_reason
    WHEN 'no longer matches the JQL' THEN 'out-of-scope' ELSE 'deleted' END
WHERE deleted_reason IS NOT NULL;
ALTER TABLE jira_tickets ADD CONSTRAINT jira_tickets_deleted_reason
    CHECK (deleted_reason IN ('deleted', 'moved', 'out-of-scope', 'other-site'));

-- The site that the connection leads to; not known from a change of its address until somebody has looked. What the deletion
-- guard holds back, in a sentence. Jira's project by its id, which stays, and by its key, which may change.
ALTER TABLE jira_sync_state
    ADD COLUMN site integer DEFAULT 0,
    ADD COLUMN held_back text,
    ADD COLUMN jira_project_id text,
    ADD COLUMN jira_project_key text;

-- Those who send webhooks are known by their project as well.
CREATE TRIGGER webhook_senders_renamed AFTER UPDATE OF jira_project_id, jira_project_key ON jira_sync_state
    FOR EACH ROW WHEN (old.jira_project_id IS DISTINCT FROM new.jira_project_id
                       OR old.jira_project_key IS DISTINCT FROM new.jira_project_key)
    EXECUTE FUNCTION webhook_secrets_changed();

-- As before (V26), of one site.
DROP FUNCTION known_tickets(bigint, bigint[]);
CREATE FUNCTION known_tickets(of_project bigint, of_site integer, issues bigint[])
    RETURNS TABLE (jira_id bigint, content_hash text, sync_status text, comments_hash text, worklogs_hash text)
    LANGUAGE sql STABLE SET enable_seqscan = off
BEGIN ATOMIC
    SELECT known.jira_id, known.content_hash, known.sync_status, known.comments_hash, known.worklogs_hash
    FROM unnest(issues) AS issue (jira_id)
    CROSS JOIN LATERAL (
        SELECT t.jira_id, t.content_hash, t.sync_status, t.comments_hash, t.worklogs_hash
        FROM jira_tickets t
        WHERE t.project_id = of_project AND t.jira_id = issue.jira_id AND t.site = of_site
        OFFSET 0 -- one lookup an issue, whatever the planner thinks of a join
    ) known;
END;

-- As before (V12), of the present site first: while the deletion guard holds tickets of a former one back, keys occur twice.
CREATE OR REPLACE FUNCTION jira_ticket_of(project bigint, key text) RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(
        (SELECT t.id FROM jira_tickets t
         WHERE t.project_id = project AND t.jira_key = upper(key COLLATE "default") AND t.sync_status <> 'deleted'
         ORDER BY (t.site IS NOT DISTINCT FROM (SELECT s.site FROM jira_sync_state s WHERE s.project_id = project)) DESC,
                  t.id + 0 DESC
         LIMIT 1),
        (SELECT k.ticket_id FROM jira_ticket_keys k
         WHERE k.project_id = project AND k.jira_key = upper(key COLLATE "default")
           AND EXISTS (SELECT FROM jira_tickets t WHERE t.id = k.ticket_id AND t.sync_status <> 'deleted')
         ORDER BY k.valid_to DESC, k.ticket_id + 0 DESC LIMIT 1))
$$;

-- Where people find a ticket: at its own site. A gateway of Atlassian's leads to an API only, so there it is where Jira takes
-- itself to be.
CREATE FUNCTION jira_ticket_url(address text, base_url text, key text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN address LIKE '%/ex/jira/%' THEN coalesce(base_url, address) ELSE nullif(address, '') END || '/browse/' || key;
