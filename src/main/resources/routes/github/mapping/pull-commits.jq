# The commits of a pull request → rows of github_pull_commits, with all that a commit says of itself: after a squash merge
# no other list has it. The variable parent is the number.
map({
  pull_number:     (variable("parent") | tonumber),
  sha,
  message:         (.commit.message // ""),
  author_name:     .commit.author.name,
  author_email:    .commit.author.email,
  author_login:    .author.login,
  authored_at:     (.commit.author.date // .commit.committer.date),
  committer_name:  .commit.committer.name,
  committer_email: .commit.committer.email,
  committer_login: .committer.login,
  committed_at:    (.commit.committer.date // .commit.author.date),
  parents:         [(.parents // [])[] | .sha],
  html_url
})
