-- Whether this sync found branches elsewhere than before, or not at all.
SELECT coalesce(bool_or(created + updated + deleted > 0), false) AS changed
FROM sync_stream_logs WHERE sync_id = :#${variable.syncId}::bigint AND scope = :#${variable.scope} AND stream IN ('branches', 'commits')
