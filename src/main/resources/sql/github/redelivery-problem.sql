-- Notes why the deliveries of a connection cannot be looked at, and says whether that is news.
WITH former AS MATERIALIZED (
    SELECT problem FROM github_redelivery WHERE config_id = :#${variable.claim[id]}::bigint FOR UPDATE
)
UPDATE github_redelivery r SET problem = :#${variable.problem.words}, not_before = :#${variable.problem.until}::timestamptz
FROM former WHERE r.config_id = :#${variable.claim[id]}::bigint
RETURNING former.problem IS DISTINCT FROM :#${variable.problem.words}::text AS news
