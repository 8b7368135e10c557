-- Where this look ends, and whether something was published behind that already. All transactions before the end have ended,
-- so none of them can still publish.
SELECT pg_snapshot_xmin(s)::text AS until,
       EXISTS (SELECT FROM platform_events WHERE xid >= pg_snapshot_xmin(s)) AS behind
FROM pg_current_snapshot() AS s
