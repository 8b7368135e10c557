-- Keeps what the deletion guard holds back, so that every sync can say so; nothing where it holds nothing back.
UPDATE jira_sync_state SET held_back = :#${variable.suspicion} WHERE project_id = :#${variable.run.projectId}
