# A page of Jira's issues → the rows of jira_tickets, in order: the only place that knows Jira's field names.
# What cannot be mapped becomes {error}, and its neighbours go on.
map(
  . as $issue
  | try (
      ($issue.fields // {}) as $f
      | {
          jiraId:       ($issue.id | tostring),
          jiraKey:      $issue.key,
          issueType:    $f.issuetype.name,
          summary:      $f.summary,
          description:  ($f.description | plain_text),
          priority:     $f.priority.name,
          status:       $f.status.name,
          assignee:     ($f.assignee | user_name),
          assigneeId:   ($f.assignee | user_id),
          reporter:     ($f.reporter | user_name),
          reporterId:   ($f.reporter | user_id),
          labels:       (($f.labels // []) | unique),
          components:   ([($f.components // [])[] | .name] | unique),
          customFields: {},
          createdDate:  $f.created,
          updatedDate:  $f.updated
        }
    ) catch { jiraId: ($issue.id | tostring), jiraKey: $issue.key, error: tostring }
)
