-- How far each branch's history was walked: up to this commit everything is stored. Only what came after it is asked for.
ALTER TABLE github_branches ADD COLUMN walked_sha text COLLATE "C";
