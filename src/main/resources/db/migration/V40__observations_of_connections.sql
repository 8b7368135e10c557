-- What probes and calls found of a connection, each with the time that it speaks for: until the next one, three minutes at
-- most. So a bad time weighs what it lasts, however often somebody looked, and a time in which nobody looked weighs nothing.
CREATE FUNCTION connection_observations(config bigint, since timestamptz)
    RETURNS TABLE (at timestamptz, ok boolean, latency_ms integer, seconds double precision) LANGUAGE sql STABLE AS $$
    SELECT p.at, p.ok, p.latency_ms,
           extract(epoch FROM least(coalesce(lead(p.at) OVER (ORDER BY p.at), clock_timestamp()) - p.at, interval '3 minutes'))
               ::double precision
    FROM connection_probes p WHERE p.config_id = $1 AND p.at > $2
$$;
