package io.atmosfera.sandbox.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatedGitHubTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-25T12:00:00Z"), ZoneOffset.UTC);

    private final SimulatedGitHub github = SimulatedGitHub.start(options());
    private final GitHubClient client = new GitHubClient(github);

    private static SimulatedGitHub.Options options() {
        List<Ticket> tickets = IntStream.rangeClosed(1, 200)
                .mapToObj(number -> new Ticket("DEMO-" + number, "Scan boarding pass " + number + " on the quay"))
                .toList();
        return new SimulatedGitHub.Options().clock(CLOCK).tickets(() -> tickets);
    }

    @AfterEach
    void close() {
        github.close();
    }

    private String remaining(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-RateLimit-Remaining").orElseThrow();
    }

    @Test
    void theRepositoryHasAPastThatNamesTickets() {
        List<JsonNode> commits = client.all("/commits?per_page=100");
        assertThat(commits).hasSizeBetween(50, 200);
        assertThat(commits)
                .extracting(commit -> commit.path("author").path("login").asText())
                .hasSizeGreaterThan(4);
        assertThat(commits)
                .filteredOn(
                        commit -> commit.path("commit").path("message").asText().contains("DEMO-"))
                .hasSizeGreaterThan(30);
        List<JsonNode> pulls = client.all("/pulls?state=all");
        assertThat(pulls).hasSizeGreaterThanOrEqualTo(20);
        assertThat(pulls)
                .filteredOn(pull -> pull.path("state").asText().equals("open"))
                .hasSizeGreaterThan(3);
        assertThat(pulls).filteredOn(pull -> pull.path("merged_at").isTextual()).hasSizeGreaterThan(10);
        assertThat(pulls).anySatisfy(pull -> {
            assertThat(pull.path("state").asText()).isEqualTo("closed");
            assertThat(pull.path("merged_at").isNull()).isTrue();
        });
        Set<String> reviews = new HashSet<>();
        pulls.forEach(pull -> client.json("/pulls/" + pull.path("number").asInt() + "/reviews")
                .forEach(review -> reviews.add(review.path("state").asText())));
        assertThat(reviews).containsExactlyInAnyOrder("APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED");
        assertThat(client.all("/actions/runs?per_page=100"))
                .extracting(run -> run.path("conclusion").asText())
                .contains("success", "failure");
        assertThat(client.all("/deployments"))
                .extracting(deployment -> deployment.path("environment").asText())
                .contains("staging", "production");
        assertThat(client.all("/releases")).hasSize(4);
        assertThat(client.all("/branches")).hasSizeGreaterThan(5);
    }

    @Test
    void theSameSeedHasTheSameHistoryWhateverTheDay() {
        Clock later = Clock.offset(CLOCK, Duration.ofHours(9 * 24 + 7));
        try (SimulatedGitHub other = SimulatedGitHub.start(options().clock(later))) {
            assertThat(shas(new GitHubClient(other))).isEqualTo(shas(client));
        }
        try (SimulatedGitHub other = SimulatedGitHub.start(options().seed(43))) {
            assertThat(shas(new GitHubClient(other))).isNotEqualTo(shas(client));
        }
    }

    private static List<String> shas(GitHubClient client) {
        return client.all("/commits?per_page=100").stream()
                .map(commit -> commit.path("sha").asText())
                .toList();
    }

    @Test
    void pagesLeadOnByTheIdOfTheRepository() {
        HttpResponse<String> first = client.get("/commits?per_page=7");
        assertThat(GitHubClient.tree(first.body())).hasSize(7);
        assertThat(first.headers().firstValue("Link").orElseThrow())
                .contains("<" + github.baseUri() + "/repositories/731904256/commits?per_page=7&page=2>; rel=\"next\"")
                .contains("rel=\"last\"")
                .doesNotContain("rel=\"prev\"");
        assertThat(client.all("/commits?per_page=7"))
                .isEqualTo(client.all("/commits?per_page=100"))
                .doesNotHaveDuplicates();
        assertThat(client.get("/commits?per_page=100&page=99").body()).isEqualTo("[]");
    }

    @Test
    void whatHasNotChangedIsA304ThatCostsNothing() {
        HttpResponse<String> first = client.get("/pulls?state=all");
        String tag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(tag).startsWith("W/\"");
        HttpResponse<String> second = client.get("/pulls?state=all", "If-None-Match", tag);
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
        assertThat(remaining(second)).isEqualTo(remaining(first));
        github.changeSomething();
        HttpResponse<String> third = client.get("/actions/runs", "If-None-Match", tag);
        assertThat(third.statusCode()).isEqualTo(200);
        assertThat(remaining(third)).isNotEqualTo(remaining(second));
    }

    @Test
    void whoHasNoTokenOrNamesSomethingElseIsRefused() {
        assertThat(client.get("", "Authorization", "Bearer wrong").statusCode()).isEqualTo(401);
        assertThat(client.send("GET", "/repos/tideline/other", null).statusCode())
                .isEqualTo(404);
        assertThat(client.get("/compare/main...nowhere").statusCode()).isEqualTo(404);
        assertThat(client.get("/pulls/4711").statusCode()).isEqualTo(404);
    }

    @Test
    void graphQlSaysOfCommitsWhatRestSaysOfEach() {
        String sha = client.json("/commits?per_page=1").path(0).path("sha").asText();
        JsonNode answer = GitHubClient.tree(client.send(
                        "POST",
                        "/graphql",
                        "{\"query\": \"query { repository { c0: object(oid: \\\"" + sha
                                + "\\\") { ... on Commit { oid } } } }\"}")
                .body());
        JsonNode commit = answer.path("data").path("repository").path("c0");
        JsonNode whole = client.json("/commits/" + sha);
        assertThat(commit.path("oid").asText()).isEqualTo(sha);
        assertThat(commit.path("additions")).isEqualTo(whole.path("stats").path("additions"));
        assertThat(commit.path("changedFilesIfAvailable").asInt())
                .isEqualTo(whole.path("files").size());
    }

    @Test
    void aComparisonHasWhatAPullRequestHas() {
        for (JsonNode pull : client.all("/pulls?state=all")) {
            String number = pull.path("number").asText();
            JsonNode compared =
                    client.json("/compare/" + pull.path("base").path("sha").asText() + "..."
                            + pull.path("head").path("sha").asText());
            assertThat(compared.path("status").asText()).isEqualTo("ahead");
            assertThat(compared.path("commits")).isEqualTo(client.json("/pulls/" + number + "/commits"));
            assertThat(client.json("/pulls/" + number).path("commits").asInt())
                    .isEqualTo(compared.path("commits").size());
        }
    }

    @Test
    void filesAreThoseOfTheHead() {
        JsonNode tree = client.json("/git/trees/main?recursive=1");
        assertThat(tree.path("truncated").asBoolean()).isFalse();
        assertThat(tree.path("tree")).anySatisfy(file -> {
            assertThat(file.path("path").asText()).isEqualTo("booking/pom.xml");
            assertThat(client.json("/git/blobs/" + file.path("sha").asText())
                            .path("size")
                            .asInt())
                    .isEqualTo(file.path("size").asInt());
        });
        assertThat(client.json("/languages").path("Java").asInt()).isPositive();
    }

    @Test
    void workGoesOnWithoutEndAndWithoutMuchOfAnything() {
        for (int i = 0; i < 400; i++) {
            github.changeSomething();
        }
        List<JsonNode> open = client.all("/pulls?state=open");
        assertThat(open).hasSizeBetween(4, 16);
        Set<String> branches = new HashSet<>();
        client.all("/branches?per_page=100")
                .forEach(branch -> branches.add(branch.path("name").asText()));
        assertThat(open).allSatisfy(pull -> assertThat(branches)
                .contains(pull.path("head").path("ref").asText()));
        assertThat(client.all("/actions/runs?status=in_progress&per_page=100")).hasSizeLessThan(40);
    }

    @Test
    void theDoorStopsTimeAndLetsItPass() {
        JsonNode before =
                GitHubClient.tree(client.send("POST", "/sandbox/pause", "").body());
        assertThat(before.path("changesPaused").asBoolean()).isTrue();
        assertThat(client.send("POST", "/sandbox/change", "").statusCode()).isEqualTo(200);
        assertThat(client.send("GET", "/sandbox", null).body()).contains("/sandbox/resume");
        assertThat(client.send("GET", "/tideline/tideline/pull/1", null, "Accept", "text/html")
                        .body())
                .contains("Simulated GitHub");
    }
}
