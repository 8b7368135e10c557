-- What the ticket list has, for the other lists that grow: an index for each order and each filter.
DROP INDEX audit_log_at, audit_log_actor, audit_log_action;
CREATE INDEX audit_log_at ON audit_log (at, id);
CREATE INDEX audit_log_actor ON audit_log (actor, at, id);
CREATE INDEX audit_log_action ON audit_log (action, at, id);

-- Nearly all events end as processed, and are found by their number alone.
DROP INDEX webhook_events_ignored, webhook_events_unhappy;
CREATE INDEX webhook_events_status ON webhook_events (status, id) WHERE status <> 'processed';
CREATE INDEX webhook_events_project ON webhook_events (project_id, id);
CREATE INDEX webhook_events_integration ON webhook_events (integration_type, id);

DROP INDEX sync_logs_project;
CREATE INDEX sync_logs_started ON sync_logs (project_id, source, started_at, id);
CREATE INDEX sync_logs_status ON sync_logs (project_id, source, status, started_at, id);
CREATE INDEX sync_logs_type ON sync_logs (project_id, source, sync_type, started_at, id);

CREATE INDEX jira_ticket_errors_created ON jira_ticket_errors (project_id, created_at, id);
CREATE INDEX jira_remote_link_writes_state ON jira_remote_link_writes (project_id, state, created_at, row_id);

CREATE INDEX source_items_created ON source_items (project_id, source, created_at, row_id);
CREATE INDEX source_items_title ON source_items (project_id, source, left(title, 100), row_id);
CREATE INDEX source_items_state ON source_items (project_id, source, left(state, 100), row_id);
CREATE INDEX source_items_stream ON source_items (project_id, source, stream, updated_at, row_id);
CREATE INDEX source_items_item ON source_items (project_id, source, item_id);
CREATE INDEX source_items_words ON source_items USING gin (lower(title) gin_trgm_ops);

CREATE INDEX github_commits_repository ON github_commits (project_id, repository_id, committed_at, row_id);

DROP INDEX github_pulls_state;
CREATE INDEX github_pulls_repository ON github_pulls (project_id, repository_id, updated_at, row_id);
CREATE INDEX github_pulls_state ON github_pulls (project_id, state, updated_at, row_id);
CREATE INDEX github_pulls_writer ON github_pulls (project_id, lower(coalesce(author, 'ghost')), updated_at, row_id);
CREATE INDEX github_pulls_number ON github_pulls (project_id, number, row_id);
CREATE INDEX github_pulls_title ON github_pulls (project_id, left(title, 100), row_id);
CREATE INDEX github_pulls_author ON github_pulls (project_id, left(author, 100), row_id);
CREATE INDEX github_pulls_created ON github_pulls (project_id, created_at, row_id);
CREATE INDEX github_pulls_merging ON github_pulls (project_id, merged_at, row_id);
CREATE INDEX github_pulls_labels ON github_pulls USING gin (labels);

CREATE INDEX github_issues_repository ON github_issues (project_id, repository_id, updated_at, row_id);
CREATE INDEX github_issues_state ON github_issues (project_id, state, updated_at, row_id);
CREATE INDEX github_issues_number ON github_issues (project_id, number, row_id);
CREATE INDEX github_issues_title ON github_issues (project_id, left(title, 100), row_id);
CREATE INDEX github_issues_created ON github_issues (project_id, created_at, row_id);

CREATE INDEX github_workflow_runs_repository ON github_workflow_runs (project_id, repository_id, started_at, row_id);
CREATE INDEX github_workflow_runs_name ON github_workflow_runs (project_id, left(name, 100), started_at, row_id);
CREATE INDEX github_workflow_runs_branch ON github_workflow_runs (project_id, left(branch, 100), started_at, row_id);
CREATE INDEX github_workflow_runs_event ON github_workflow_runs (project_id, event, started_at, row_id);
CREATE INDEX github_workflow_runs_outcome
    ON github_workflow_runs (project_id, coalesce(conclusion, status), started_at, row_id);
CREATE INDEX github_workflow_runs_duration ON github_workflow_runs (project_id, duration_ms, row_id);

CREATE INDEX github_deployments_repository ON github_deployments (project_id, repository_id, created_at, row_id);
CREATE INDEX github_deployments_updated ON github_deployments (project_id, updated_at, row_id);
CREATE INDEX github_deployments_name ON github_deployments (project_id, left(environment, 100), created_at, row_id);

CREATE INDEX github_releases_tag ON github_releases (project_id, left(tag_name, 100), row_id);
CREATE INDEX github_releases_name ON github_releases (project_id, left(name, 100), row_id);
