-- Calls users in all that is stored as they are called now, all at once: two may have changed their logins with each other.
WITH names AS MATERIALIZED (
    SELECT n.former, n.present
    FROM jsonb_to_recordset(:#${variable.learned[renamed]}::jsonb) AS n (former text, present text)
), former AS MATERIALIZED (
    SELECT array_agg(former) AS logins FROM names
), commits AS (
    UPDATE github_commits t SET
        author_login = coalesce((SELECT present FROM names WHERE former = t.author_login), t.author_login),
        committer_login = coalesce((SELECT present FROM names WHERE former = t.committer_login), t.committer_login)
    FROM former
    WHERE t.project_id = :#${variable.projectId}::bigint
      AND (t.author_login = ANY (former.logins) OR t.committer_login = ANY (former.logins))
), pulls AS (
    UPDATE github_pulls t SET
        author = coalesce((SELECT present FROM names WHERE former = t.author), t.author),
        merged_by = coalesce((SELECT present FROM names WHERE former = t.merged_by), t.merged_by),
        assignees = ARRAY(SELECT coalesce(n.present, l.login) AS login FROM unnest(t.assignees) AS l (login)
                          LEFT JOIN names n ON n.former = l.login ORDER BY coalesce(n.present, l.login) COLLATE "C"),
        requested = ARRAY(SELECT coalesce(n.present, l.login) AS login FROM unnest(t.requested) AS l (login)
                          LEFT JOIN names n ON n.former = l.login ORDER BY coalesce(n.present, l.login) COLLATE "C")
    FROM former
    WHERE t.project_id = :#${variable.projectId}::bigint
      AND (t.author = ANY (former.logins) OR t.merged_by = ANY (former.logins) OR t.assignees && former.logins
           OR t.requested && former.logins)
), issues AS (
    UPDATE github_issues t SET
        author = coalesce((SELECT present FROM names WHERE former = t.author), t.author),
        assignees = ARRAY(SELECT coalesce(n.present, l.login) AS login FROM unnest(t.assignees) AS l (login)
                          LEFT JOIN names n ON n.former = l.login ORDER BY coalesce(n.present, l.login) COLLATE "C")
    FROM former
    WHERE t.project_id = :#${variable.projectId}::bigint AND (t.author = ANY (former.logins) OR t.assignees && former.logins)
), reviews AS (
    UPDATE github_reviews t SET reviewer = n.present
    FROM names n WHERE t.project_id = :#${variable.projectId}::bigint AND t.reviewer = n.former
), releases AS (
    UPDATE github_releases t SET author = n.present
    FROM names n WHERE t.project_id = :#${variable.projectId}::bigint AND t.author = n.former
), runs AS (
    UPDATE github_workflow_runs t SET actor = n.present
    FROM names n WHERE t.project_id = :#${variable.projectId}::bigint AND t.actor = n.former
)
UPDATE github_deployments t SET creator = n.present
FROM names n WHERE t.project_id = :#${variable.projectId}::bigint AND t.creator = n.former
