# The statuses of deployments → what github_deployments keeps of the last one.
map({
  deployment_id: (.deployment_url | split("/") | last | tonumber),
  state_id:      .id,
  state,
  state_at:      .created_at,
  target_url:    ([.environment_url, .target_url, .log_url] | map(select(. != null and . != "")) | first)
})
