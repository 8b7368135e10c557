# A page of Jira's issues → the rows of jira_tickets, in order: the only place that knows Jira's field names.
# What cannot be mapped becomes {error}, and its neighbours go on. Sprints, story points and custom fields have other ids on
# each site: customFields adds them.
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
          updatedDate:  $f.updated,
          projectKey:       (($f.project | if type == "object" then .key else null end) // ($issue.key | project_of)),
          hierarchyLevel:   ($f.issuetype | hierarchy_level),
          statusCategory:   ($f.status | if type == "object" then .statusCategory else null end | status_category),
          resolution:       ($f.resolution | name_in),
          resolutionDate:   $f.resolutiondate,
          dueDate:          $f.duedate,
          parentKey:        ($f.parent | if type == "object" then .key else null end),
          fixVersions:      ($f.fixVersions | names_in),
          affectedVersions: ($f.versions | names_in),
          securityLevel:    ($f.security | name_in),
          sprints:          [],
          storyPoints:      null
        }
    ) catch { jiraId: ($issue.id | tostring), jiraKey: $issue.key, error: tostring }
)
