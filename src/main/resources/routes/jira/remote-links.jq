# The remote links of an issue, as Jira lists them → the rows of jira_remote_links. One without an address leads nowhere.
[.[]? | select((.object.url // "") != "") | {
  id: .id,
  globalId: .globalId,
  url: .object.url,
  title: .object.title,
  relationship: .relationship,
  application: (.application.name // null)
}]
