-- How many deliveries came and what became of them, out of the counters. A percentile is taken between the limits of the
-- range of times that it falls into, of the last 24 hours.
WITH types AS (
    SELECT unnest(:#${bean:sources?method=getSendersOfWebhooks}::text[]) AS type UNION ALL SELECT 'all'
), counters AS (
    SELECT t.type, c.* FROM webhook_counters c JOIN types t ON t.type IN (c.integration_type, 'all')
), sums AS (
    SELECT type, sum(received) AS received, sum(duplicates) AS duplicates, sum(processed) AS processed,
           sum(ignored) AS ignored, sum(dead) AS dead, sum(open) AS open, sum(failed) AS failed, max(last_received_at) AS last
    FROM counters GROUP BY type
), times AS (
    SELECT type, n, CASE WHEN n = 1 THEN 0 ELSE 2 ^ (n - 2) END AS low, 2 ^ (n - 1) AS high, sum(count) AS count
    FROM counters, unnest(timing) WITH ORDINALITY AS range (count, n)
    WHERE hour > now() - interval '24 hours'
    GROUP BY type, n HAVING sum(count) > 0
), ranked AS (
    SELECT *, sum(count) OVER (PARTITION BY type ORDER BY n) AS upto, sum(count) OVER (PARTITION BY type) AS total
    FROM times
), percentiles AS (
    SELECT type, json_object_agg(name, round((low + (high - low) * (part * total - (upto - count)) / count)::numeric, 1)) AS ms
    FROM ranked JOIN (VALUES ('p50', 0.50), ('p95', 0.95), ('p99', 0.99)) AS p (name, part)
      ON part * total > upto - count AND part * total <= upto
    GROUP BY type
), figures AS (
    SELECT t.type, json_build_object(
        'received', coalesce(received, 0), 'processed', coalesce(processed, 0), 'failed', coalesce(failed, 0),
        'pending', coalesce(open - failed, 0), 'ignored', coalesce(ignored, 0), 'duplicates', coalesce(duplicates, 0),
        'deadLettered', coalesce(dead, 0), 'lastReceivedAt', iso(last),
        'processingTimeMs', coalesce(ms, '{"p50": null, "p95": null, "p99": null}')) AS item
    FROM types t LEFT JOIN sums ON sums.type = t.type LEFT JOIN percentiles p ON p.type = t.type
)
SELECT ((SELECT item FROM figures WHERE type = 'all')::jsonb || jsonb_build_object(
    'byIntegration', (SELECT json_object_agg(type, item) FROM figures WHERE type <> 'all')))::text AS item
