# The ticket's row with what only its kept payload knows: history and links. Pull requests and commits come with GitHub.
. as $issue
| (variable("ticket") | if type == "string" then fromjson else . end)
  + {
      history: [
        ($issue.changelog.histories // [])[]
        | . as $change
        | ($change.items // [])[]
        | {
            at:     ($change.created | to_datetime),
            author: ($change.author | user_name),
            field:  .field,
            from:   .fromString,
            to:     .toString
          }
      ],
      historyTruncated: (($issue.changelog.total // 0) > (($issue.changelog.histories // []) | length)),
      links: [
        ($issue.fields.issuelinks // [])[]
        | {
            type:      (if .outwardIssue then .type.outward else .type.inward end),
            direction: (if .outwardIssue then "outward" else "inward" end),
            jiraKey:   ((.outwardIssue // .inwardIssue) | .key),
            summary:   ((.outwardIssue // .inwardIssue) | .fields.summary),
            status:    ((.outwardIssue // .inwardIssue) | .fields.status.name)
          }
      ],
      pullRequests: [],
      commits: []
    }
