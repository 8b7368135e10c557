package io.atmosfera.integration.github;

import io.atmosfera.integration.inbox.Envelope;
import io.atmosfera.integration.inbox.Envelope.Lane;
import io.atmosfera.integration.inbox.EnvelopeFields;
import org.jspecify.annotations.Nullable;

/** What GitHub's events are about. */
final class GitHubEnvelopes {

    private GitHubEnvelopes() {}

    static Envelope of(@Nullable String event, EnvelopeFields fields) {
        String type = event == null || event.isBlank() ? "unknown" : EnvelopeFields.cut(event);
        return new Envelope(
                type,
                fields.text("action"),
                null,
                fields.text("repository.full_name"),
                fields.id("repository.id"),
                null,
                "github/" + entity(type, fields),
                Lane.APPLY,
                GitHubEventTypes.KNOWN.contains(type));
    }

    private static String entity(String type, EnvelopeFields fields) {
        String entity =
                switch (type) {
                    case "pull_request",
                            "pull_request_review",
                            "pull_request_review_comment",
                            "pull_request_review_thread" -> named("pull/", number(fields, "pull_request.number"));
                    case "issues", "issue_comment" ->
                        named(fields.has("issue.pull_request") ? "pull/" : "issue/", number(fields, "issue.number"));
                    case "push" -> named("", fields.text("ref"));
                    case "create", "delete" ->
                        named("tag".equals(fields.text("ref_type")) ? "refs/tags/" : "refs/heads/", fields.text("ref"));
                    case "check_run" -> named("commit/", fields.text("check_run.head_sha"));
                    case "check_suite" -> named("commit/", fields.text("check_suite.head_sha"));
                    case "status" -> named("commit/", fields.text("sha"));
                    case "workflow_run" -> named("run/", fields.id("workflow_run.id"));
                    case "workflow_job" -> named("run/", fields.id("workflow_job.run_id"));
                    case "release" -> named("release/", fields.id("release.id"));
                    case "deployment", "deployment_status" -> named("deployment/", fields.id("deployment.id"));
                    default -> null;
                };
        return entity == null ? "repository" : entity;
    }

    private static @Nullable String number(EnvelopeFields fields, String path) {
        String number = fields.id(path);
        return number == null ? fields.id("number") : number;
    }

    private static @Nullable String named(String kind, @Nullable String name) {
        return name == null || name.isEmpty() ? null : kind + name;
    }
}
