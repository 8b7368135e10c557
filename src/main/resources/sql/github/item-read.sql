-- Notes that GitHub was asked for something by itself, and what it was like before.
INSERT INTO github_reads (project_id, repository_id, stream, ref, read_at, seen, etag, problem, retry_at)
SELECT id, :#${variable.repositoryId}::bigint, :#${variable.stream}, :#${variable.item[ref]}, now(),
       :#${variable.item[seen]}::jsonb, :#${variable.streamRun.reachedEtag}, :#${variable.problem},
       now() + make_interval(secs => CASE WHEN :#${variable.problem}::text IS NOT NULL THEN :#${variable.itemWalk.retrySeconds}::double precision END)
FROM projects WHERE id = :#${variable.projectId}::bigint
ON CONFLICT (project_id, repository_id, stream, ref) DO UPDATE SET
    read_at = excluded.read_at, seen = excluded.seen, etag = excluded.etag, problem = excluded.problem,
    retry_at = excluded.retry_at
