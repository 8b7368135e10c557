# What protects a branch → what github_branches keeps of it: the object of its own protection, or the array of the rules
# that rulesets have for it. Neither names the branch, so the variable parent says whose it is.
(if type == "object" then [.] else . end)
| map({ name: variable("parent"), ruleset: (type == "array"), rules: . })
