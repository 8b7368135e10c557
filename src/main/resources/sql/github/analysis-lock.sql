-- One at a time writes a repository's files and analysis; the lock ends with the transaction.
SELECT 1 AS held FROM pg_advisory_xact_lock(
    hashtextextended(concat_ws(' ', 'github-analysis', :#${variable.projectId}::bigint, :#${variable.repositoryId}::bigint), 0))
