# GitHub's check runs → rows of github_check_runs.
(if type == "object" then .check_runs else . end)
| map({
    id,
    suite_id:   .check_suite.id,
    sha:        (.head_sha // .check_suite.head_sha),
    name:       (.name // ""),
    app:        .app.slug,
    status:     (.status // "unknown"),
    conclusion,
    started_at,
    completed_at,
    html_url
  })
