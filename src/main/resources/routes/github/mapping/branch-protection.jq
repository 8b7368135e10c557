# The protection of a branch → what github_branches keeps of it. It names its branch only in its address, so the
# variable parent says whose it is.
(if type == "object" then [.] else . end)
| map({ name: variable("parent"), protection: . })
