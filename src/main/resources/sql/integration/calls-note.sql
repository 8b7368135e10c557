-- Notes what the calls of connections met since the last time: an observation each, as a probe's is.
INSERT INTO connection_probes (config_id, ok, latency_ms)
SELECT c.id, o.ok, o.latency_ms
FROM unnest(:#ids::bigint[], :#oks::boolean[], :#latencies::integer[]) AS o (id, ok, latency_ms)
JOIN integration_configs c ON c.id = o.id
ON CONFLICT DO NOTHING
