# GitLab's merge requests → items; the branch often bears the key of a ticket.
map({
  id:            .iid,
  title,
  state,
  author:        .author.username,
  url:           .web_url,
  created_at,
  updated_at,
  texts:         [.description, .source_branch],
  merged_at,
  closed_at,
  draft,
  source_branch,
  target_branch,
  labels:        (.labels // []),
  reviewers:     [(.reviewers // [])[] | .username],
  commit:        .merge_commit_sha
})
