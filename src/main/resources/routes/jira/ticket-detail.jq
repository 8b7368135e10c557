# The ticket's row, pull requests and commits, with what only its kept payload knows: history and links.
# Whatever is odd in a payload, the ticket is shown.
. as $issue
| (variable("ticket") | if type == "string" then fromjson else . end) as $ticket
| (try [($issue.changelog.histories // [])[] | .id | tostring] catch []) as $known
| ($ticket | del(.changes))
  + {
      # What Jira's API said, and what webhooks have said since, newest first.
      history: ((try [
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
      ] catch [])
      + [($ticket.changes // [])[] | . as $change | select($known | index($change.id) | not) | del(.id)]
      | sort_by(.at) | reverse),
      # Until the rest has been fetched.
      historyTruncated: (try (($issue.changelog.total // 0)
          > ($known + [($ticket.changes // [])[] | .id | select(startswith("event-") | not)] | unique | length)) catch false),
      links: (try [
        ($issue.fields.issuelinks // [])[]
        | objects
        | select(.outwardIssue // .inwardIssue)
        | {
            type:      (if .outwardIssue then .type.outward else .type.inward end),
            direction: (if .outwardIssue then "outward" else "inward" end),
            jiraKey:   ((.outwardIssue // .inwardIssue) | .key),
            summary:   ((.outwardIssue // .inwardIssue) | .fields.summary),
            status:    ((.outwardIssue // .inwardIssue) | .fields.status.name)
          }
      ] catch [])
    }
