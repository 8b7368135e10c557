-- Takes the missed deliveries that GitHub is to send again now, and forgets those that got here or are too old for it.
-- Each is asked for a few times, with pauses that double: what is refused here may be accepted when a person has helped.
WITH over AS (
    DELETE FROM github_missed_deliveries m USING integration_configs c
    WHERE m.config_id = :#${variable.claim[id]}::bigint AND m.repository = lower(:#${variable.claim[repository]}) AND c.id = m.config_id
      AND (m.delivered_at < now() - interval '3 days' OR EXISTS (
          SELECT FROM webhook_deliveries d
          WHERE d.project_id IN (c.project_id, 0) AND d.integration_type = 'github' AND d.delivery_id = m.guid))
    RETURNING m.guid
), due AS (
    SELECT guid FROM github_missed_deliveries
    WHERE config_id = :#${variable.claim[id]}::bigint AND repository = lower(:#${variable.claim[repository]})
      AND next_attempt_at <= now() AND attempts < 8 AND guid NOT IN (SELECT guid FROM over)
    ORDER BY delivery_id LIMIT 30
), claimed AS (
    UPDATE github_missed_deliveries m SET
        attempts = m.attempts + 1,
        next_attempt_at = now()
            + make_interval(secs => :#${bean:githubRedelivery?method=getIntervalSeconds}) * power(2, m.attempts)
    FROM due
    WHERE m.config_id = :#${variable.claim[id]}::bigint AND m.repository = lower(:#${variable.claim[repository]}) AND m.guid = due.guid
    RETURNING m.guid, m.delivery_id, m.event
)
SELECT * FROM claimed ORDER BY delivery_id
