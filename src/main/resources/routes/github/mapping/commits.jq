# GitHub's commits → rows of github_commits: those of a list, one with its statistics and files, or those of a push, which
# have no parents and one time. The user behind an author may be unknown or gone; Git's own name and address stay.
(if type == "object" then [.] else . end)
| map(
    if has("commit") then {
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
      additions:       .stats.additions,
      deletions:       .stats.deletions,
      files:           (if .files then [.files[] | {path: .filename, status, previous_path: .previous_filename, additions, deletions}] else null end),
      html_url
    } else {
      sha:             .id,
      message:         (.message // ""),
      author_name:     .author.name,
      author_email:    .author.email,
      author_login:    .author.username,
      authored_at:     .timestamp,
      committer_name:  .committer.name,
      committer_email: .committer.email,
      committer_login: .committer.username,
      committed_at:    .timestamp,
      parents:         null,
      additions:       null,
      deletions:       null,
      files:           null,
      html_url:        .url
    } end
  )
