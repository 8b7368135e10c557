-- One at a time writes a repository's files and analysis; the lock ends with the transaction. So does the setting: here sets as
-- large as a repository are joined, and of one that has just come in the planner expects a row or two, for each of which it
-- would walk through all of the other set.
SELECT 1 AS held, set_config('enable_nestloop', 'off', true) AS nested_loops FROM pg_advisory_xact_lock(
    hashtextextended(concat_ws(' ', 'github-analysis', :#${variable.projectId}::bigint, :#${variable.repositoryId}::bigint), 0))
