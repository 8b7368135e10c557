package io.atmosfera.integration.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.github.StandInGitHub.Reply;
import io.atmosfera.integration.github.StandInGitHub.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How much every commit changed is asked by GraphQL, a hundred at a time. */
class CommitStatisticsTest extends GitHubSupport {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern COMMIT = Pattern.compile("(c\\d+): object\\(oid: \"([0-9a-f]{40})\"\\)");

    private final List<Integer> asked = new CopyOnWriteArrayList<>();

    private Reply statistics(Request request) {
        JsonNode question = tree(request.body());
        assertThat(question.path("variables").toString()).isEqualTo("{\"owner\":\"octo\",\"name\":\"history\"}");
        ObjectNode answer = JSON.createObjectNode();
        ObjectNode repository = answer.putObject("data").putObject("repository");
        Matcher commits = COMMIT.matcher(question.path("query").asText());
        int count = 0;
        while (commits.find()) {
            count++;
            repository
                    .putObject(commits.group(1))
                    .put("oid", commits.group(2))
                    .put("additions", 3)
                    .put("deletions", 2)
                    .put("changedFilesIfAvailable", 1);
        }
        asked.add(count);
        return Reply.json(answer.toString());
    }

    @Test
    void theWholeHistoryHasStatisticsAtTenRequestsForAThousandCommits() {
        try (GitHistory history = GitHistory.of(255)) {
            HistoryApi api = new HistoryApi(history, github);
            github.on("POST /graphql", this::statistics);
            long project = collected(api);
            assertThat(asked).containsExactly(100, 100, 50);
            assertThat(bare(project)).isZero();
            JsonNode commits = get("/api/projects/" + project + "/github-commits?limit=500&sort=date")
                    .json();
            assertThat(commits.path(0).path("changes"))
                    .isEqualTo(tree("{\"additions\": 3, \"deletions\": 2, \"total\": 5, \"files\": 1}"));

            // Nothing new: nothing is asked.
            completed(project);
            assertThat(asked).hasSize(3);
        }
    }

    @Test
    void whereGitHubTakesTooLongFewerAreAskedForAtOnce() {
        try (GitHistory history = GitHistory.of(105)) {
            HistoryApi api = new HistoryApi(history, github);
            github.on(
                    "POST /graphql",
                    request -> request.body().split("object\\(").length > 30
                            ? Reply.status(502, "Something went wrong while executing your query.")
                            : statistics(request));
            long project = collected(api);
            assertThat(asked).containsExactly(26, 26, 26, 22);
            assertThat(bare(project)).isZero();
        }
    }

    @Test
    void aGoodAnswerThatSaysSoMeansTooLongTheSame() {
        try (GitHistory history = GitHistory.of(105)) {
            HistoryApi api = new HistoryApi(history, github);
            github.on(
                    "POST /graphql",
                    request -> request.body().split("object\\(").length > 30
                            ? Reply.json("{\"data\": null, \"errors\": [{\"message\": \"Something went wrong while"
                                    + " executing your query. This may be the result of a timeout.\"}]}")
                            : statistics(request));
            assertThat(bare(collected(api))).isZero();
            assertThat(asked).containsExactly(26, 26, 26, 22);
        }
    }

    @Test
    void aCommitThatGraphQlDoesNotKnowStopsNothing() {
        try (GitHistory history = GitHistory.of(30)) {
            HistoryApi api = new HistoryApi(history, github);
            github.on("POST /graphql", request -> {
                ObjectNode answer = (ObjectNode) tree(statistics(request).body());
                ((ObjectNode) answer.at("/data/repository")).putNull("c0");
                return Reply.json(answer.toString());
            });
            long project = collected(api);
            assertThat(bare(project)).isEqualTo(1);
            completed(project);
            assertThat(asked).containsExactly(25);
        }
    }

    @Test
    void withoutGraphQlTheRestIsCollectedAndItIsNotAskedAgainSoon() {
        try (GitHistory history = GitHistory.of(30)) {
            HistoryApi api = new HistoryApi(history, github);
            long project = collected(api);
            completed(project);
            assertThat(bare(project)).isEqualTo(25);
            assertThat(questions()).isEqualTo(1);
        }
    }

    @Test
    void aTokenThatMayNotUseGraphQlIsNoFailure() {
        try (GitHistory history = GitHistory.of(10)) {
            HistoryApi api = new HistoryApi(history, github);
            github.on(
                    "POST /graphql",
                    Reply.json(
                            "{\"data\": {\"repository\": null}, \"errors\": [{\"type\": \"FORBIDDEN\", \"message\": \"no\"}]}"));
            assertThat(bare(collected(api))).isEqualTo(5);
        }
    }

    @Test
    void anExhaustedLimitOfGraphQlIsWaitedFor() {
        try (GitHistory history = GitHistory.of(10)) {
            HistoryApi api = new HistoryApi(history, github);
            github.on(
                    "POST /graphql",
                    Reply.json(
                            "{\"errors\": [{\"type\": \"RATE_LIMITED\", \"message\": \"API rate limit exceeded\"}]}"));
            long project = configured(api);
            String log = started(project);
            await().atMost(LIMIT).untilAsserted(() -> assertThat(get(log).json().has("waitingUntil"))
                    .isTrue());
            assertThat(get(log).json().path("status").asText()).isEqualTo("running");
            post(log + "/cancel", ADMIN, null);
        }
    }

    private long configured(HistoryApi api) {
        long project = project();
        Answer saved =
                configure(project, config().put("repository", api.repository()).put("commitAnalysisLimit", 5));
        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        return project;
    }

    private long collected(HistoryApi api) {
        long project = configured(api);
        completed(project);
        return project;
    }

    private String started(long project) {
        Answer started = post("/api/projects/" + project + "/github-sync", ADMIN, "{\"syncType\": \"incremental\"}");
        assertThat(started.status()).as(started.text()).isEqualTo(202);
        return "/api/projects/" + project + "/github-sync-logs/"
                + started.json().path("syncId").asLong();
    }

    private void completed(long project) {
        String log = started(project);
        await().atMost(LIMIT)
                .until(() -> !get(log).json().path("status").asText().equals("running"));
        JsonNode ended = get(log).json();
        assertThat(ended.path("status").asText()).as(ended.toString()).isEqualTo("completed");
        assertThat(ended.path("warnings")).as(ended.toString()).isEmpty();
    }

    private long bare(long project) {
        return jdbc.sql("SELECT count(*) FROM github_commits WHERE project_id = ? AND additions IS NULL")
                .param(project)
                .query(Long.class)
                .single();
    }

    private long questions() {
        return new ArrayList<>(github.lines())
                .stream().filter(line -> line.equals("POST /graphql")).count();
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }
}
