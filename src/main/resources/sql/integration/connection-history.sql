-- What probes and calls of a project's connection found, in 96 spans of time: a quarter of an hour each for a day.
WITH spans AS (
    SELECT date_bin(make_interval(secs => asked.hours * 3600.0 / 96), p.at, timestamptz 'epoch') AS at,
           round(avg(p.latency_ms) FILTER (WHERE p.ok)) AS latency, sum(p.seconds) FILTER (WHERE p.ok) AS up, sum(p.seconds) AS seen,
           count(*) AS probes
    FROM (SELECT coalesce(:#${header.hours}::integer, 24) AS hours) asked,
         integration_configs c,
         connection_observations(c.id, now() - make_interval(hours => asked.hours)) p
    WHERE c.project_id = :#${header.projectId}::bigint AND c.integration_type = :#${header.integrationType}
    GROUP BY 1
)
SELECT coalesce(json_agg(json_strip_nulls(json_build_object(
    'at', iso(at), 'latencyMs', latency, 'uptimePercent', round((100 * coalesce(up, 0) / nullif(seen, 0))::numeric, 2), 'probes', probes)) ORDER BY at),
    '[]')::text AS item
FROM spans
