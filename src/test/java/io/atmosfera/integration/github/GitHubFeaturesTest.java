package io.atmosfera.integration.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.github.StandInGitHub.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A test of a connection says of each feature whether the token allows it. */
class GitHubFeaturesTest extends GitHubSupport {

    private static final String REPO = "/repos/octo/hello";

    @BeforeEach
    void repositoryAllowsAll() {
        github.otherwise(request ->
                request.line().contains("/repos/octo/hello/") ? Reply.json("[]") : Reply.status(404, "Not Found"));
        github.on(
                "GET " + REPO,
                Reply.json("{\"id\": 1296269, \"full_name\": \"octo/hello\", \"default_branch\": \"release/1.0\"}"));
    }

    @Test
    void eachFeatureIsAskedForByOneSmallCall() {
        JsonNode result = test(project(), config());

        assertThat(result.path("ok").asBoolean()).isTrue();
        assertThat(features(result, true))
                .containsExactly(
                        "repository",
                        "commits",
                        "pulls",
                        "issues",
                        "releases",
                        "workflow-runs",
                        "check-runs",
                        "deployments",
                        "branch-protection",
                        "webhooks");
        assertThat(github.lines())
                .contains(
                        "GET " + REPO + "/commits?per_page=1",
                        "GET " + REPO + "/pulls?state=all&per_page=1",
                        "GET " + REPO + "/issues?state=all&per_page=1",
                        "GET " + REPO + "/releases?per_page=1",
                        "GET " + REPO + "/actions/runs?per_page=1",
                        "GET " + REPO + "/commits/release%2F1.0/check-runs?per_page=1",
                        "GET " + REPO + "/deployments?per_page=1",
                        "GET " + REPO + "/branches/release%2F1.0/protection",
                        "GET " + REPO + "/hooks?per_page=1");
        assertThat(result.has("scopes")).isFalse();
        assertThat(result.has("tokenExpiresAt")).isFalse();
        assertThat(result.has("warnings")).isFalse();
    }

    @Test
    void whatLacksIsSaidInWordsAndTheConnectionWorksAllTheSame() {
        github.on("GET " + REPO + "/commits/release%2F1.0/check-runs", forbidden());
        github.on("GET " + REPO + "/hooks", Reply.status(404, "Not Found"));
        github.on("GET " + REPO + "/branches/release%2F1.0/protection", Reply.status(404, "Not Found"));
        github.on("GET " + REPO + "/deployments", Reply.status(502, "oops"));

        JsonNode result = test(connected(), null);

        assertThat(result.path("ok").asBoolean()).isTrue();
        assertThat(features(result, false))
                .containsExactly("check-runs", "deployments", "branch-protection", "webhooks");
        assertThat(error(result, "check-runs"))
                .isEqualTo("Check runs are not collected: the token lacks Checks: read.");
        assertThat(error(result, "branch-protection"))
                .isEqualTo("Branch protection is not collected: the token lacks Administration: read.");
        assertThat(error(result, "webhooks"))
                .isEqualTo("The webhook cannot be made and looked after: the token lacks Webhooks: read and write.");
        assertThat(error(result, "deployments")).contains("could not be asked", "HTTP 502");
    }

    @Test
    void whatIsEmptyOrSwitchedOffLacksNothing() {
        github.on("GET " + REPO + "/commits", Reply.status(409, "Git Repository is empty."));
        github.on(
                "GET " + REPO + "/commits/release%2F1.0/check-runs",
                Reply.status(422, "No commit found for SHA: release/1.0"));
        github.on("GET " + REPO + "/issues", Reply.status(410, "Issues are disabled for this repo"));
        github.on("GET " + REPO + "/branches/release%2F1.0/protection", Reply.status(404, "Branch not protected"));

        assertThat(features(test(connected(), null), false)).isEmpty();
    }

    @Test
    void aPlanWithoutAFeatureIsNoMissingPermission() {
        github.on(
                "GET " + REPO + "/branches/release%2F1.0/protection",
                Reply.status(403, "Upgrade to GitHub Pro or make this repository public to enable this feature."));

        assertThat(error(test(connected(), null), "branch-protection"))
                .isEqualTo("Branch protection is not collected: Upgrade to GitHub Pro or make this repository public to"
                        + " enable this feature.");
    }

    @Test
    void aRateLimitEndsTheQuestions() {
        github.on("GET " + REPO + "/issues", Reply.status(429, "Too many").with("Retry-After", "60"));

        JsonNode result = test(connected(), null);

        assertThat(features(result, true)).containsExactly("repository", "commits", "pulls");
        assertThat(error(result, "webhooks")).contains("not asked", "rate limit");
        assertThat(github.lines()).doesNotContain("GET " + REPO + "/hooks?per_page=1");
    }

    @Test
    void scopesAndTheEndOfATokenAreShown() {
        Instant soon = Instant.now().plus(Duration.ofDays(10));
        repository("yyyy-MM-dd HH:mm:ss 'UTC'", soon);
        JsonNode result = test(connected(), null);
        assertThat(result.path("scopes").toString()).isEqualTo("[\"repo\",\"admin:repo_hook\"]");
        assertThat(Instant.parse(result.path("tokenExpiresAt").asText()).getEpochSecond())
                .isEqualTo(soon.getEpochSecond());
        assertThat(result.path("warnings").path(0).asText()).contains("The token ends at");

        repository("yyyy-MM-dd HH:mm:ss '+0000'", soon.plus(Duration.ofDays(10)));
        JsonNode later = test(connected(), null);
        assertThat(later.has("tokenExpiresAt")).isTrue();
        assertThat(later.has("warnings")).isFalse();
    }

    private void repository(String format, Instant end) {
        github.on(
                "GET " + REPO,
                Reply.json("{\"id\": 1296269, \"full_name\": \"octo/hello\"}")
                        .with("X-OAuth-Scopes", "repo, admin:repo_hook")
                        .with(
                                "GitHub-Authentication-Token-Expiration",
                                DateTimeFormatter.ofPattern(format, Locale.ROOT).format(end.atOffset(ZoneOffset.UTC))));
    }

    private static Reply forbidden() {
        return Reply.status(403, "Resource not accessible by personal access token");
    }

    private static List<String> features(JsonNode result, boolean ok) {
        List<String> names = new ArrayList<>();
        result.path("features").forEach(feature -> {
            if (feature.path("ok").asBoolean() == ok) {
                names.add(feature.path("feature").asText());
            }
        });
        return names;
    }

    private static String error(JsonNode result, String name) {
        for (JsonNode feature : result.path("features")) {
            if (feature.path("feature").asText().equals(name)) {
                return feature.path("error").asText();
            }
        }
        throw new AssertionError("No feature " + name + " in " + result);
    }
}
