# GitHub's repository → a row of github_repositories. In the payload of a push times are seconds, everywhere else texts.
def moment: if type == "number" then todateiso8601 else . end;
(if type == "object" then [.] else . end)
| map({
    repository_id:  .id,
    full_name,
    description,
    default_branch,
    html_url,
    homepage,
    language,
    topics,
    private:        (.private // false),
    archived:       (.archived // false),
    fork:           (.fork // false),
    created_at:     (.created_at | moment),
    updated_at:     (.updated_at | moment),
    pushed_at:      (.pushed_at | moment)
  })
