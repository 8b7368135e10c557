# GitLab's issues → items. An item has the number that people see in its address (iid); tickets are looked for in the title
# and in the texts, which are not stored.
map({
  id:         .iid,
  title,
  state,
  author:     .author.username,
  url:        .web_url,
  created_at,
  updated_at,
  texts:      [.description],
  closed_at,
  labels:     (.labels // []),
  assignees:  [(.assignees // [])[] | .username],
  milestone:  .milestone.title,
  due_date,
  comments:   .user_notes_count
})
