# A page of /issue/{id}/changelog → rows of jira_ticket_changes; what has no time or no field is left out.
[ (.values // [])[]
  | objects
  | . as $change
  | (try ($change.created | to_datetime) catch null) as $at
  | select($at != null and $change.id != null)
  | ($change.items // [])
  | to_entries[]
  | select(.value.field | type == "string")
  | {
      change_id: ($change.id | tostring | .[0:200]),
      item:      .key,
      at:        $at,
      author:    ($change.author | if type == "object" then user_name else null end),
      field:     .value.field,
      from_text: .value.fromString,
      to_text:   .value.toString
    }
]
