-- How many different issues the pages of a walk have brought.
SELECT count(DISTINCT id) AS seen FROM jira_sync_seen, unnest(jira_ids) AS id WHERE sync_id = :#${variable.run.syncId}
