-- What was learned of the Jira projects that projects name, to tell whose a delivery is.
SELECT project_id, base_url, jira_project_id, jira_project_key FROM jira_sync_state WHERE project_id = ANY (?::bigint[])
