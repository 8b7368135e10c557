-- Makes the stored files those of the tree that was read; what stays the same is not written. Nothing is done where entries got
-- lost, as those of a table without a log do when the database crashes.
WITH input AS MATERIALIZED (
    SELECT a.project_id, a.repository_id, a.files_sha, :#${variable.treeWalk.run}::bigint AS run,
           :#${variable.treeWalk.commit}::text AS commit, :#${variable.treeWalk.truncated}::boolean AS truncated
    FROM github_analyses a
    WHERE a.project_id = :#${variable.projectId}::bigint AND a.repository_id = :#${variable.repositoryId}::bigint
      AND :#${variable.treeWalk.entries}::bigint
          = (SELECT count(*) FROM github_tree_entries WHERE run = :#${variable.treeWalk.run}::bigint)
), entries AS MATERIALIZED (
    SELECT input.project_id, input.repository_id, e.path, e.sha, e.size, e.kind, e.language, e.subject, e.tool
    FROM input JOIN github_tree_entries e ON e.run = input.run
), before AS MATERIALIZED (
    SELECT f.path, f.sha, f.size FROM input JOIN github_files f USING (project_id, repository_id)
), gone AS (
    DELETE FROM github_files f USING input
    WHERE f.project_id = input.project_id AND f.repository_id = input.repository_id
      AND NOT EXISTS (SELECT FROM entries e WHERE e.path = f.path)
    RETURNING f.size
), written AS (
    INSERT INTO github_files AS f (project_id, repository_id, path, sha, size, kind, language, subject, tool)
    SELECT project_id, repository_id, path, sha, size, kind, language, subject, tool FROM entries
    ON CONFLICT (project_id, repository_id, path) DO UPDATE SET
        sha = excluded.sha, size = excluded.size, kind = excluded.kind, language = excluded.language,
        subject = excluded.subject, tool = excluded.tool
    WHERE (f.sha, f.size, f.kind, f.language, f.subject, f.tool) IS DISTINCT FROM
          (excluded.sha, excluded.size, excluded.kind, excluded.language, excluded.subject, excluded.tool)
    RETURNING (f.xmax = 0) AS created
), counted AS MATERIALIZED (
    SELECT (SELECT count(*)::integer FROM entries) AS processed,
           (SELECT count(*) FILTER (WHERE created)::integer FROM written) AS created,
           (SELECT count(*)::integer FROM entries e JOIN before b ON b.path = e.path AND b.sha <> e.sha) AS updated,
           (SELECT count(*)::integer FROM gone) AS deleted,
           (SELECT coalesce(sum(size), 0) FROM entries) - (SELECT coalesce(sum(size), 0) FROM before) AS bytes
), tidied AS (
    DELETE FROM github_tree_entries e USING input WHERE e.run = input.run
), noted AS (
    UPDATE github_analyses a SET
        files_sha = input.commit, rules = :#${bean:repositoryAnalysis?method=getRules}::integer, truncated = input.truncated,
        delta = CASE WHEN a.files_sha IS DISTINCT FROM input.commit
                     THEN jsonb_build_object('filesAdded', created, 'filesRemoved', deleted, 'filesModified', updated,
                                             'bytesDelta', bytes)
                     ELSE a.delta END
    FROM input, counted
    WHERE a.project_id = input.project_id AND a.repository_id = input.repository_id
)
SELECT processed, created, updated, processed - created - updated AS unchanged, deleted FROM counted
WHERE EXISTS (SELECT FROM input)
