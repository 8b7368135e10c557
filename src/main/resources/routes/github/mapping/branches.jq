# GitHub's branches → rows of github_branches: those of a list, or of a payload that says where one is now (push) or only
# that it is there (create). The variable fetchedAt says when a list was asked for.
# In a push the moment is in whole seconds, cut off: it may be as late as the next.
def moment: if type == "number" then (. + 1 | todateiso8601) else . end;
map(
  if has("ref") then {
    name:      (.ref | ltrimstr("refs/heads/")),
    sha:       .after,
    protected: null,
    seen_at:   (.repository.pushed_at | moment)
  } else {
    name,
    sha:       .commit.sha,
    protected,
    seen_at:   variable("fetchedAt")
  } end
)
