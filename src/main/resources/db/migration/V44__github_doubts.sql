-- Workflow runs and deployments that a full sync has not seen: GitHub is asked for each before it is removed, as for issues.
ALTER TABLE github_workflow_runs ADD COLUMN doubted_at timestamptz;
ALTER TABLE github_deployments ADD COLUMN doubted_at timestamptz;
CREATE INDEX github_workflow_runs_doubted ON github_workflow_runs (project_id, repository_id) WHERE doubted_at IS NOT NULL;
CREATE INDEX github_deployments_doubted ON github_deployments (project_id, repository_id) WHERE doubted_at IS NOT NULL;
-- The runs of a page's span of time.
CREATE INDEX github_workflow_runs_created ON github_workflow_runs (project_id, repository_id, created_at);
