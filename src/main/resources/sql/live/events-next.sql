-- What the transactions that have ended since the last look published, in the order in which they published it. Of more than
-- 2,000 messages nobody wants each: clients fetch again what they show. While nobody follows, none is read.
SELECT message::text AS message FROM platform_events
WHERE :#${bean:liveUpdates?method=isFollowed}::boolean
  AND xid >= :#${bean:publishedEvents?method=getSince}::xid8 AND xid < :#${variable.position[until]}::xid8
ORDER BY id LIMIT 2001
