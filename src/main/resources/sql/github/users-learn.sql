-- Learns the logins of users. What a sync reads is current. An event may come late, and the next sync reads all that it brings, so
-- nothing is learned from events. Returns the users whose login changes now (renamed), and, for an event, the current logins of its
-- users where the event has another (known, by id). If another user has taken a login, the new login of its former owner is not
-- known. Users without a change are not written, so they are not locked.
WITH seen AS MATERIALIZED (
    SELECT DISTINCT ON (u.id) p.id AS project_id, u.id AS user_id, u.login, :#${variable.syncId}::bigint IS NOT NULL AS present
    FROM projects p, jsonb_to_recordset(:#${variable.users}::jsonb) AS u (id bigint, login text)
    WHERE p.id = :#${variable.projectId}::bigint
    ORDER BY u.id
), known AS MATERIALIZED (
    SELECT k.user_id, k.login FROM github_users k
    WHERE k.project_id = :#${variable.projectId}::bigint
      AND (k.user_id IN (SELECT user_id FROM seen) OR lower(k.login) IN (SELECT lower(login) FROM seen))
), renamed AS MATERIALIZED (
    SELECT k.user_id, k.login AS former, s.login AS present
    FROM known k JOIN seen s ON s.user_id = k.user_id AND s.login <> k.login AND s.present
    UNION ALL
    SELECT k.user_id, k.login, k.login || ' (former, ' || k.user_id || ')'
    FROM known k JOIN seen s ON lower(s.login) = lower(k.login) AND s.present
    WHERE k.user_id NOT IN (SELECT user_id FROM seen)
), written AS (
    INSERT INTO github_users AS t (project_id, user_id, login)
    SELECT s.project_id, s.user_id, s.login
    FROM (SELECT project_id, user_id, login FROM seen WHERE seen.present AND user_id NOT IN (SELECT user_id FROM known)
          UNION
          SELECT seen.project_id, renamed.user_id, renamed.present FROM renamed, (SELECT project_id FROM seen LIMIT 1) AS seen) AS s
    ORDER BY s.user_id
    ON CONFLICT (project_id, user_id) DO UPDATE SET login = excluded.login, since = now()
)
SELECT (SELECT json_agg(json_build_object('former', former, 'present', present)) FROM renamed)::text AS renamed,
       (SELECT json_object_agg(k.user_id, k.login) FROM known k JOIN seen s ON s.user_id = k.user_id AND NOT s.present)::text AS known
