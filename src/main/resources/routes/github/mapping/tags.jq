# GitHub's tags → rows of github_tags: those of a list, or of a payload (push, create). An annotated tag is an object of its own;
# what counts is the commit that it leads to.
# In a push the moment is in whole seconds, cut off: it may be as late as the next.
def moment: if type == "number" then (. + 1 | todateiso8601) else . end;
map(
  if has("ref") then {
    name:    (.ref | ltrimstr("refs/tags/")),
    sha:     (.head_commit.id // .after),
    seen_at: (.repository.pushed_at | moment)
  } else {
    name,
    sha:     .commit.sha,
    seen_at: variable("fetchedAt")
  } end
)
