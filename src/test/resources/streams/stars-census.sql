-- Removes the stars that are not among all that there are.
WITH gone AS (
    DELETE FROM test_things
    WHERE project_id = :#${variable.projectId}::bigint AND stream = 'stars'
      AND id NOT IN (SELECT jsonb_array_elements_text(:#${variable.ids}::jsonb))
      AND seen_at <= :#${variable.since}::timestamptz
    RETURNING 1
)
SELECT count(*)::integer FROM gone
