package io.atmosfera.integration.github;

import io.atmosfera.integration.github.FeatureReport.Question;
import io.atmosfera.integration.outbound.CallException.Reason;
import io.atmosfera.integration.outbound.ConnectionResult;
import io.atmosfera.integration.outbound.ConnectionResult.Grants;
import io.atmosfera.integration.outbound.RateLimited;
import io.atmosfera.integration.outbound.RefusedException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds out by one small question each what of a repository a token may see, since GitHub has no list of it. */
@Component("githubFeatures")
public class GitHubFeatures {

    private static final DateTimeFormatter EXPIRY = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss z", Locale.ROOT);
    private static final DateTimeFormatter EXPIRY_OFFSET =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss Z", Locale.ROOT);
    private static final Duration SOON = Duration.ofDays(14);

    private final Clock clock;
    private final GitHubProbe probe;

    GitHubFeatures(Clock clock, GitHubProbe probe) {
        this.clock = clock;
        this.probe = probe;
    }

    /** The questions about a repository that can be read itself. */
    public FeatureReport begin(GitHubDocument repository, GitHubConnection connection) {
        String branch = URLEncoder.encode(
                        repository.body().path("default_branch").asText("main"), StandardCharsets.UTF_8)
                .replace("+", "%20");
        FeatureReport report = new FeatureReport(List.of(
                question(connection, "commits", "Contents: read", "Commits are not collected", "/commits?per_page=1"),
                question(
                        connection,
                        "pulls",
                        "Pull requests: read",
                        "Pull requests are not collected",
                        "/pulls?state=all&per_page=1"),
                question(
                        connection,
                        "issues",
                        "Issues: read",
                        "Issues are not collected",
                        "/issues?state=all&per_page=1"),
                question(
                        connection, "releases", "Contents: read", "Releases are not collected", "/releases?per_page=1"),
                question(
                        connection,
                        "workflow-runs",
                        "Actions: read",
                        "Workflow runs are not collected",
                        "/actions/runs?per_page=1"),
                question(
                        connection,
                        "check-runs",
                        "Checks: read",
                        "Check runs are not collected",
                        "/commits/" + branch + "/check-runs?per_page=1"),
                question(
                        connection,
                        "deployments",
                        "Deployments: read",
                        "Deployments are not collected",
                        "/deployments?per_page=1"),
                question(
                        connection,
                        "branch-protection",
                        "Administration: read",
                        "Branch protection is not collected",
                        "/branches/" + branch + "/protection"),
                question(
                        connection,
                        "webhooks",
                        "Webhooks: read and write",
                        "The webhook cannot be made and looked after",
                        "/hooks?per_page=1")));
        report.add(new Question("repository", "Metadata: read", "", ""), null);
        return report;
    }

    private static Question question(
            GitHubConnection connection, String feature, String permission, String without, String path) {
        return new Question(feature, permission, without, connection.api(path));
    }

    /** The next question; null at the end. */
    public @Nullable Question next(FeatureReport report) {
        return report.next();
    }

    /** Notes that a question was answered. */
    public void passed(FeatureReport report, Question question) {
        report.add(question, null);
    }

    /** Notes what a refusal means. */
    public void failed(FeatureReport report, Question question, Throwable failure) {
        if (failure instanceof RateLimited limit) {
            report.add(question, "It was not asked: " + limit.getMessage());
            report.stop("It was not asked: " + limit.getMessage());
        } else if (failure instanceof RefusedException refusal) {
            report.add(question, meaning(question, refusal));
        } else {
            report.add(question, "It could not be asked: " + probe.describe(failure));
        }
    }

    private static @Nullable String meaning(Question question, RefusedException refusal) {
        String message = String.valueOf(refusal.getMessage());
        // An empty repository has no commit to ask about, and issues can be switched off.
        if (refusal.reason() == Reason.BAD_REQUEST || message.contains("HTTP 410")) {
            return null;
        }
        if (refusal.said().contains("Branch not protected")) {
            return null;
        }
        if (refusal.said().contains("Upgrade to GitHub")) {
            return question.without() + refusal.said();
        }
        return refusal.reason() == Reason.NOT_FOUND || refusal.reason() == Reason.PERMISSION
                ? question.without() + ": the token lacks " + question.permission() + "."
                : "It could not be asked: " + message;
    }

    /** The result with what the token allows. */
    public ConnectionResult granted(ConnectionResult result, FeatureReport report, GitHubDocument repository) {
        String scopes = repository.token().scopes();
        Instant end = expiry(repository.token().expiresAt());
        return result.with(new Grants(
                report.found(),
                scopes == null ? null : Arrays.asList(scopes.split("\\s*,\\s*")),
                end == null ? null : end.toString(),
                end == null || end.isAfter(clock.instant().plus(SOON))
                        ? null
                        : List.of("The token ends at " + end
                                + ". Make a new one and save it here before, or nothing is collected any more.")));
    }

    private static @Nullable Instant expiry(@Nullable String text) {
        if (text == null) {
            return null;
        }
        for (DateTimeFormatter format : List.of(EXPIRY, EXPIRY_OFFSET)) {
            try {
                return ZonedDateTime.parse(text, format).toInstant();
            } catch (DateTimeException other) {
                // Written in the other way, or in one that is not known.
            }
        }
        return null;
    }
}
