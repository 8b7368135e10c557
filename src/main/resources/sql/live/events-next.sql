-- What the transactions that have ended since the last look published, in the order in which they published it. Of more than
-- 2,000 messages nobody wants each: clients fetch again what they show.
SELECT message::text AS message FROM platform_events
WHERE xid >= :#${bean:publishedEvents?method=getSince}::xid8 AND xid < :#${variable.position[until]}::xid8
ORDER BY id LIMIT 2001
