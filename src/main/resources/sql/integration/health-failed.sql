-- Marks a connection as down by what a sync met.
UPDATE connection_health SET status = 'DOWN', error = :#${variable.failure}, last_tested = now()
WHERE config_id = :#${variable.claim[config_id]}::bigint
