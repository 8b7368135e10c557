# What mapping expressions may use beside jq's own functions; adf_to_text, to_datetime and to_date are added in Java.
# Parameters are values ($name); a function may call those above it.

# A fallback for what is absent or empty.
def default($fallback): if . == null or . == "" or . == [] then $fallback else . end;

# Another value for each value; one that the map does not have stays, or becomes the fallback.
def value_map($map): if . == null then null else tostring as $value | if $map | has($value) then $map[$value] else . end end;
def value_map($map; $fallback): tostring as $value | if $map | has($value) then $map[$value] else $fallback end;

# What stands for an object of Jira's in a text.
def name_of: if type == "object" then (.displayName // .name // .value // .key // tostring) else tostring end;

# The members of a list as one text; names of objects, nothing of what is absent.
def join_values($separator): if . == null then null elif type == "array" then map(select(. != null) | name_of) | join($separator) else name_of end;

# The first member that is there.
def first_of: if type == "array" then (map(select(. != null)) | .[0]) else . end;

# Jira's rich text, whether wiki markup or a document.
def plain_text: if type == "object" then adf_to_text else . end;

# Who a user is, on Cloud and on Data Center.
def user_name: .displayName // .name // .accountId;
def user_id: .accountId // .name // .key;

# The name of an object of Jira's, nothing for anything else; the names in a list.
def name_in: if type == "object" then .name else null end;
def names_in: if type == "array" then map(select(type == "object") | .name | select(. != null)) | unique else [] end;

# A status's category by its key: the names are translated.
def status_category: if type != "object" then null elif .key == "new" then "To Do" elif .key == "indeterminate" then "In Progress" elif .key == "done" then "Done" else null end;

# How high a type of issues is: Cloud says so, Data Center knows sub-tasks and epics.
def hierarchy_level: if type != "object" then 0 elif .hierarchyLevel != null then .hierarchyLevel elif .subtask == true then -1 elif .name == "Epic" then 1 else 0 end;

# The project of a key.
def project_of: if type == "string" then sub("-[^-]*$"; "") else null end;
