-- Notes where a history goes on behind a page; one that was walked to its beginning needs no note.
WITH goes_on AS (
    UPDATE github_histories SET next = :#${variable.page.next}
    WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
      AND sha = :#${variable.history[sha]} AND :#${variable.page.next}::text IS NOT NULL
)
DELETE FROM github_histories
WHERE project_id = :#${variable.projectId}::bigint AND repository_id = :#${variable.repositoryId}::bigint
  AND sha = :#${variable.history[sha]} AND :#${variable.page.next}::text IS NULL
