-- Marks the items of a stream as gone that are not among all that the source has, unless they came in after it was asked.
WITH gone AS (
    UPDATE source_items SET gone_at = now()
    WHERE project_id = :#${variable.projectId}::bigint AND source = :#${variable.source} AND stream = :#${variable.stream}
      AND gone_at IS NULL AND stored_at < :#${variable.since}::timestamptz
      AND item_id NOT IN (SELECT jsonb_array_elements_text(:#${variable.ids}::jsonb))
    RETURNING 1
)
SELECT count(*)::integer AS deleted FROM gone
