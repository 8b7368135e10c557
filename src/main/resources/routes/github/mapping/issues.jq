# GitHub's issues → rows of github_issues. Its list also has the pull requests, by other ids: those are left out.
map(
  select(.pull_request == null)
  | {
      number,
      id,
      title:     (.title // ""),
      body,
      state,
      state_reason,
      type:      (.type | if type == "object" then .name else . end),
      author:    .user.login,
      labels:    ([(.labels // [])[] | if type == "object" then .name else . end | strings] | sort),
      assignees: ([(.assignees // [])[] | .login | strings] | sort),
      milestone: .milestone.title,
      comments:  (.comments // 0),
      created_at,
      updated_at,
      closed_at,
      html_url
    }
)
