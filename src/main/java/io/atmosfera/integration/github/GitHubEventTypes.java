package io.atmosfera.integration.github;

import java.util.Set;

/** GitHub's events that something here follows from: each has a route {@code github-event-TYPE}. */
final class GitHubEventTypes {

    static final Set<String> KNOWN = Set.of(
            "branch_protection_rule",
            "check_run",
            "check_suite",
            "commit_comment",
            "create",
            "delete",
            "deployment",
            "deployment_status",
            "issue_comment",
            "issues",
            "member",
            "meta",
            "pull_request",
            "pull_request_review",
            "pull_request_review_comment",
            "pull_request_review_thread",
            "push",
            "release",
            "repository",
            "status",
            "workflow_job",
            "workflow_run");

    private GitHubEventTypes() {}
}
