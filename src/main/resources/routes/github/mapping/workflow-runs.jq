# GitHub's workflow runs → rows of github_workflow_runs.
(if type == "object" then .workflow_runs else . end)
| map({
    id,
    workflow_id,
    name,
    title:       .display_title,
    run_number,
    run_attempt: (.run_attempt // 1),
    event,
    status:      (.status // "unknown"),
    conclusion,
    branch:      .head_branch,
    sha:         .head_sha,
    actor:       (.triggering_actor.login // .actor.login),
    created_at,
    started_at:  (.run_started_at // .created_at),
    updated_at:  (.updated_at // .created_at),
    html_url
  })
