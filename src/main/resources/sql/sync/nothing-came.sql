-- Why a sync that was walked to its end got nothing: what its first stream failed with, or that all that it asked for was left
-- out. No row where any stream got an answer, or none had anything to ask.
SELECT coalesce((array_agg(s.error ORDER BY s.position) FILTER (WHERE s.state = 'failed'))[1],
                'Nothing of what was asked for came; the warnings say why.') AS why
FROM sync_stream_logs s
WHERE s.sync_id = :#${variable.syncId}::bigint
HAVING NOT bool_or(s.answered) AND bool_or(s.state = 'failed' OR s.requests > 0)
