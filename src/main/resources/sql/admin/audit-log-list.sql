-- Who changed what, newest first, a page at a time.
-- sort: -at = a.at :: timestamptz
-- tie: a.id
SELECT /*item*/ json_strip_nulls(json_build_object('id', a.id, 'at', iso(a.at), 'actor', a.actor, 'action', a.action,
                                                   'target', a.target, 'address', a.address, 'before', a.before,
                                                   'after', a.after)) AS item /*keys*/
FROM audit_log a
WHERE (CAST(:actor AS text) IS NULL OR a.actor = :actor)
  AND (CAST(:action AS text) IS NULL OR a.action = :action)
  AND (CAST(:from AS timestamptz) IS NULL OR a.at >= CAST(:from AS timestamptz))
  AND (CAST(:to AS timestamptz) IS NULL OR a.at <= CAST(:to AS timestamptz))
