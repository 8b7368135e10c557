# The files of a pull request → rows of github_pull_files; the variable parent is its number.
map({
  pull_number:   (variable("parent") | tonumber),
  path:          .filename,
  status,
  previous_path: .previous_filename,
  additions:     (.additions // 0),
  deletions:     (.deletions // 0)
})
