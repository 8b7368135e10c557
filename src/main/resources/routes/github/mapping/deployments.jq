# GitHub's deployments → rows of github_deployments. A payload that was sent as text comes back as text: where it is JSON,
# it is read.
map({
  id,
  sha,
  ref,
  task,
  environment,
  description,
  creator:    .creator.login,
  production: .production_environment,
  payload:    (.payload | if type == "string" then (. as $text | try fromjson catch $text) else . end),
  created_at,
  updated_at
})
