# GitHub's releases → rows of github_releases.
map({
  id,
  tag_name,
  target:     .target_commitish,
  name,
  body,
  author:     .author.login,
  draft:      (.draft // false),
  prerelease: (.prerelease // false),
  created_at,
  published_at,
  updated_at,
  html_url
})
