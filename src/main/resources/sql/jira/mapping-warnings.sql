-- Says in a sync's log what the mapping has left out up to now, in place of what it had left out up to the page before.
UPDATE sync_logs l SET
    warnings = coalesce((
        SELECT jsonb_agg(w.warning ORDER BY w.number) FROM jsonb_array_elements(l.warnings) WITH ORDINALITY AS w (warning, number)
        WHERE w.warning ->> 'code' <> 'field-mapping'), '[]') || :#${variable.issueRows.mappingWarnings}::jsonb
WHERE l.id = :#${variable.syncId}::bigint
