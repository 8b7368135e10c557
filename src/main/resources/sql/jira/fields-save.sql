-- Keeps the fields that a Jira lists. Where one that was known has another name or type, or shares its name with a new one,
-- the tickets that are here get the new names by a replay; a full sync brings all of them anyhow. Gives the configuration.
WITH listed AS MATERIALIZED (
    SELECT f.id, f.name, f.schema FROM jsonb_to_recordset(:#${body}::jsonb) AS f (id text, name text, schema jsonb)
), former AS MATERIALIZED (
    SELECT f.id, f.name, f.schema
    FROM jira_fields j, jsonb_to_recordset(j.fields) AS f (id text, name text, schema jsonb)
    WHERE j.config_id = :#${variable.run.connection.id}::bigint
), other AS MATERIALIZED (
    SELECT EXISTS (SELECT FROM former JOIN listed USING (id)
                   WHERE former.name <> listed.name OR former.schema <> listed.schema)
        OR EXISTS (SELECT FROM listed l JOIN former f ON f.name = l.name AND f.id <> l.id
                   WHERE l.id NOT IN (SELECT id FROM former))
        OR EXISTS (SELECT FROM former f JOIN listed l ON f.name = l.name AND f.id <> l.id
                   WHERE f.id NOT IN (SELECT id FROM listed)) AS changed
), saved AS (
    INSERT INTO jira_fields AS j (config_id, fields) VALUES (:#${variable.run.connection.id}::bigint, :#${body}::jsonb)
    ON CONFLICT (config_id) DO UPDATE SET fields = excluded.fields, read_at = now()
    WHERE j.fields <> excluded.fields
), replayed AS (
    UPDATE jira_sync_state s SET replay_pending = true
    FROM other
    WHERE other.changed AND s.project_id = :#${variable.run.projectId} AND :#${variable.run.mode} <> 'FULL'
      AND EXISTS (SELECT FROM jira_tickets t WHERE t.project_id = s.project_id)
)
SELECT config_data::text AS config FROM integration_configs WHERE id = :#${variable.run.connection.id}::bigint
