-- Who changed what, newest first, a page at a time.
-- sort: -at = a.at :: timestamptz not null
-- tie: a.id
SELECT /*item*/ json_strip_nulls(json_build_object('id', a.id, 'at', iso(a.at), 'actor', a.actor, 'action', a.action,
                                                   'target', a.target, 'address', a.address, 'before', a.before,
                                                   'after', a.after)) AS item
FROM audit_log a
WHERE true
  /*actor*/ AND a.actor = :actor
  /*action*/ AND a.action = :action
  /*from*/ AND a.at >= CAST(:from AS timestamptz)
  /*to*/ AND a.at <= CAST(:to AS timestamptz)
