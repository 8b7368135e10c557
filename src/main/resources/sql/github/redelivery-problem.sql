-- Notes why the deliveries of a repository cannot be looked at, and says whether that is news.
WITH former AS MATERIALIZED (
    SELECT problem FROM github_redelivery
    WHERE config_id = :#${variable.claim[id]}::bigint AND repository = lower(:#${variable.claim[repository]}) FOR UPDATE
)
UPDATE github_redelivery r SET problem = :#${variable.problem.words}, not_before = :#${variable.problem.until}::timestamptz
FROM former WHERE r.config_id = :#${variable.claim[id]}::bigint AND r.repository = lower(:#${variable.claim[repository]})
RETURNING former.problem IS DISTINCT FROM :#${variable.problem.words}::text AS news
