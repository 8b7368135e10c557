-- Ends a sync that did all it set out to do: the cursor moves, and the next sync is due after the project's interval.
WITH here AS MATERIALIZED (
    SELECT count(*) AS tickets FROM jira_tickets t
    WHERE :#${variable.run.isCounting}::boolean AND t.project_id = :#${variable.run.projectId} AND t.site = :#${variable.run.site}
      AND t.sync_status <> 'deleted'
), held AS MATERIALIZED (
    -- What the deletion guard holds back, every sync says.
    SELECT max(held_back) AS held_back FROM jira_sync_state WHERE project_id = :#${variable.run.projectId}
), completed AS (
    UPDATE sync_logs l SET
        status = 'completed', state_text = 'completed', completed_at = clock_timestamp(), owner = NULL,
        lease_until = NULL, waiting_until = NULL, estimated_completion_at = NULL,
        deleted = l.deleted + :#${variable.deleted}::integer,
        remote_count = :#${variable.jiraCount}::integer,
        local_count = CASE WHEN :#${variable.run.isCounting}::boolean THEN here.tickets END,
        warnings = CASE WHEN :#${variable.jiraCount}::integer <> here.tickets AND jsonb_array_length(l.warnings) = 0
            THEN jsonb_build_array(jsonb_build_object('code', 'count-differs', 'message',
                'Jira counts ' || :#${variable.jiraCount}::integer || ' tickets, here are ' || here.tickets
                || '. Jira''s count is an estimate on Cloud; a difference that stays after the next full sync is worth a look.'))
            WHEN NOT :#${variable.run.isCounting}::boolean AND held.held_back IS NOT NULL
            THEN l.warnings || jsonb_build_array(jsonb_build_object('code', 'deletion-guard', 'message', held.held_back))
            ELSE l.warnings END
    FROM here, held, sync_logs before
    WHERE before.id = l.id AND l.id = :#${variable.run.syncId} AND l.status = 'running' AND l.owner = :#${bean:syncLeases?method=getOwner}
    RETURNING l.id, l.project_id, l.sync_type, publish_sync_end(l), publish_held_back(l, before.warnings)
), recovered AS (
    UPDATE connection_health h SET status = 'UP', error = NULL
    FROM completed JOIN integration_configs c ON c.project_id = completed.project_id AND c.integration_type = 'jira'
    WHERE h.config_id = c.id AND h.status = 'DEGRADED'
    RETURNING publish_health(h, 'DEGRADED')
), forgotten AS (
    DELETE FROM jira_sync_seen USING completed WHERE sync_id = completed.id
), scheduled AS (
    UPDATE sync_schedules s SET
        failures = 0,
        last_success_at = CASE WHEN :#${variable.run.mode} IN ('FULL', 'INCREMENTAL') THEN now() ELSE s.last_success_at END,
        next_sync_at = CASE WHEN :#${variable.run.mode} IN ('FULL', 'INCREMENTAL') THEN now()
            + make_interval(mins => coalesce((config.config_data ->> 'syncIntervalMinutes')::integer,
                :#${bean:syncRuns?method=getDefaultIntervalMinutes}::integer)) * (0.9 + random() * 0.2)
            ELSE s.next_sync_at END
    FROM completed
    JOIN integration_configs config ON config.project_id = completed.project_id AND config.integration_type = 'jira'
    WHERE s.project_id = completed.project_id AND s.source = 'jira'
)
UPDATE jira_sync_state s SET
    cursor_ms = CASE :#${variable.run.mode}
        WHEN 'FULL' THEN :#${variable.cursor}::bigint
        WHEN 'INCREMENTAL' THEN greatest(s.cursor_ms, :#${variable.cursor}::bigint)
        ELSE s.cursor_ms END,
    fingerprint = CASE WHEN :#${variable.run.mode} IN ('FULL', 'INCREMENTAL') THEN :#${variable.run.fingerprint}
                       ELSE s.fingerprint END,
    last_full_at = CASE WHEN :#${variable.run.mode} = 'FULL' THEN now() ELSE s.last_full_at END,
    next_census_at = CASE WHEN :#${variable.run.isCounting}::boolean
        THEN now() + make_interval(secs => :#${bean:syncRuns?method=getCensusSeconds}::double precision) * (0.9 + random() * 0.2)
        ELSE s.next_census_at END
FROM completed
WHERE s.project_id = completed.project_id
