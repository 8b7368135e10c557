-- How much a commit changed is told for many at once, which files only for one (docs/adr/0032): so the two are known apart.
ALTER TABLE github_commits ADD COLUMN detailed boolean NOT NULL DEFAULT false;
UPDATE github_commits SET detailed = true WHERE additions IS NOT NULL;
-- When GitHub was asked for it and did not say it.
ALTER TABLE github_commits ADD COLUMN statistics_missed_at timestamptz;
