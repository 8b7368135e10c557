-- Notes what a hook's list of deliveries says: which did not get here, and how far it was read.
WITH seen AS (
    SELECT * FROM jsonb_to_recordset(:#${variable.scan.rows}::jsonb)
        AS s (guid text, id bigint, event text, at timestamptz, failed boolean)
), state AS (
    UPDATE github_redelivery SET
        hook_id = :#${variable.hook.id}::bigint, problem = NULL, not_before = NULL,
        last_delivery_id = :#${variable.scan.last}::bigint
    WHERE config_id = :#${variable.claim[id]}::bigint AND repository = lower(:#${variable.claim[repository]})
), arrived AS (
    DELETE FROM github_missed_deliveries m USING seen s
    WHERE m.config_id = :#${variable.claim[id]}::bigint AND m.repository = lower(:#${variable.claim[repository]}) AND m.guid = s.guid
      AND NOT s.failed
)
INSERT INTO github_missed_deliveries AS m (config_id, repository, guid, delivery_id, event, delivered_at)
SELECT c.id, lower(:#${variable.claim[repository]}), s.guid, s.id, s.event, s.at
FROM seen s JOIN integration_configs c ON c.id = :#${variable.claim[id]}::bigint
WHERE s.failed AND NOT EXISTS (
    SELECT FROM webhook_deliveries d
    WHERE d.project_id IN (c.project_id, 0) AND d.integration_type = 'github' AND d.delivery_id = s.guid)
ON CONFLICT (config_id, repository, guid) DO UPDATE SET delivery_id = greatest(m.delivery_id, excluded.delivery_id)
