-- The newest commits among those to be analysed of which nobody knows yet which files they changed, as many as make a look
-- worth its price. Those that have come in since the last sync come first; older ones, as of branches that came at the end of
-- a first sync, are read little by little.
WITH before AS MATERIALIZED (
    -- The last sync that walked this stream to its end: what has changed since it began (clocks differ), or came in since it
    -- ended, is news.
    SELECT last.started_at - interval '1 day' AS at, last.completed_at AS ended
    FROM (VALUES (1)) AS one LEFT JOIN LATERAL (
        SELECT l.started_at, l.completed_at FROM sync_logs l JOIN sync_stream_logs s ON s.sync_id = l.id
        WHERE l.project_id = :#${variable.projectId}::bigint AND l.source = 'github' AND l.id <> :#${variable.syncId}::bigint
          AND s.scope = :#${variable.scope} AND s.stream = 'commit-details' AND s.state = 'completed'
        ORDER BY l.id DESC LIMIT 1) AS last ON true
), newest AS (
    SELECT sha, detailed, committed_at, stored_at FROM github_commits
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint AND reachable
    ORDER BY committed_at DESC
    LIMIT coalesce((:#${variable.claim[config]}::jsonb ->> 'commitAnalysisLimit')::integer,
                   :#${properties:platform.github.commit-analysis-limit}::integer)
), due AS (
    SELECT n.sha, n.committed_at, n.news, row_number() OVER (PARTITION BY n.news ORDER BY n.committed_at DESC) AS place
    FROM (SELECT newest.*, :#${variable.claim[sync_type]} = 'full' OR before.at IS NULL OR committed_at >= before.at
              OR stored_at > before.ended AS news
          FROM newest CROSS JOIN before) AS n
    WHERE NOT n.detailed AND n.sha <> ALL (:#${variable.details.leftOut}::text[])
)
SELECT sha, news FROM due
WHERE news OR place <= :#${variable.details.spare}::bigint
ORDER BY committed_at DESC
LIMIT 100
