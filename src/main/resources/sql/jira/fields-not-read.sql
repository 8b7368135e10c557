-- Says in a sync's log that Jira did not give its list of fields, and what that costs.
UPDATE sync_logs SET warnings = warnings || jsonb_build_array(jsonb_build_object('code', 'fields', 'message',
    'Jira did not list its fields; '
    || CASE WHEN :#${variable.run.fields.isKnown}::boolean THEN 'custom fields have the names that were read last. '
            ELSE 'custom fields, sprints and story points stay as they were. ' END
    || left(:#${body}, 500)))
WHERE id = :#${variable.run.syncId}
