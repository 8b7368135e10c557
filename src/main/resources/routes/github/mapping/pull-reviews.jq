# The reviews of a pull request → rows of github_reviews. States are upper case in the API and lower case in webhooks; who
# has not submitted a review yet is the only one who sees it.
map(
  select((.state // "" | ascii_downcase) != "pending")
  | {
      id,
      pull_number:  (.pull_request_url | split("/") | last | tonumber),
      reviewer:     .user.login,
      state:        (.state // "commented" | ascii_downcase),
      body,
      commit_sha:   .commit_id,
      submitted_at,
      html_url
    }
)
