package io.atmosfera.integration.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.github.StandInGitHub.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Workflow runs: all of them, however many there are, and each as it is now. */
class GitHubRunsTest extends GitHubSupport {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final GitHistory history = GitHistory.of(1);
    private HistoryApi api;

    @BeforeEach
    void runsAreThere() {
        collectOnly("repository,workflow-runs");
        api = new HistoryApi(history, github);
        api.showRuns(300);
    }

    @AfterEach
    void closeHistory() {
        history.close();
    }

    private void run(long id, Instant created, String status, int attempt) {
        Instant at = created.truncatedTo(ChronoUnit.SECONDS);
        ObjectNode run = JSON.createObjectNode()
                .put("id", id)
                .put("name", "CI")
                .put("event", "push")
                .put("status", status)
                .put("conclusion", status.equals("completed") ? "success" : null)
                .put("head_sha", "a" + id)
                .put("run_attempt", attempt)
                .put("created_at", at.toString())
                .put("run_started_at", at.toString())
                .put("updated_at", at.plusSeconds(60L * attempt).toString());
        api.putRun(run);
    }

    private long configured() {
        long project = project();
        assertThat(configure(project, config().put("repository", api.repository()))
                        .status())
                .isEqualTo(200);
        return project;
    }

    private JsonNode synced(long project) {
        return synced(project, "incremental");
    }

    private JsonNode synced(long project, String type) {
        Answer started = post("/api/projects/" + project + "/github-sync", ADMIN, "{\"syncType\": \"" + type + "\"}");
        String log = "/api/projects/" + project + "/github-sync-logs/"
                + started.json().path("syncId").asLong();
        return await().atMost(LIMIT).until(() -> get(log).json(), shown -> !shown.path("status")
                .asText()
                .equals("running"));
    }

    private JsonNode completed(long project) {
        return completed(project, "incremental");
    }

    private JsonNode completed(long project, String type) {
        JsonNode log = synced(project, type);
        assertThat(log.path("status").asText()).as(log.toString()).isEqualTo("completed");
        assertThat(log.path("streams").path(1).path("state").asText())
                .as(log.toString())
                .isEqualTo("completed");
        return log.path("streams").path(1);
    }

    private List<String> stored(long project) {
        return jdbc.sql("SELECT id || ' ' || status || ' ' || run_attempt FROM github_workflow_runs"
                        + " WHERE project_id = ? ORDER BY id")
                .param(project)
                .query(String.class)
                .list();
    }

    private List<String> asked() {
        List<String> asked = github.lines().stream()
                .filter(line -> line.contains("/actions/runs"))
                .map(line -> line.replaceFirst("GET .*/actions/runs", ""))
                .toList();
        github.requests().clear();
        return asked;
    }

    /** Busy days and quiet years: 2600 runs, 1500 of them within an hour. */
    private void manyRuns() {
        Instant day = Instant.parse("2025-03-01T00:00:00Z");
        for (int i = 0; i < 1500; i++) {
            run(10_000 + i, day.plusSeconds(2L * i), "completed", 1);
        }
        for (int i = 0; i < 1100; i++) {
            run(1000 + i, day.minus(Duration.ofHours(20L * (i + 1))), "completed", 1);
        }
    }

    @Test
    void moreRunsThanGitHubShowsAreReadBySpansOfTime() {
        manyRuns();
        long project = configured();

        JsonNode stream = completed(project);

        assertThat(stored(project)).hasSize(2600);
        List<String> asked = asked();
        assertThat(asked.get(0)).isEqualTo("?per_page=100");
        assertThat(asked.stream().skip(1)).allMatch(line -> line.contains("created="));
        assertThat(asked).hasSizeLessThan(80);
        assertThat(stream.path("requests").asInt()).isEqualTo(asked.size());
        completed(project);
        assertThat(asked()).containsExactly("?per_page=100");
    }

    @Test
    void aWalkBySpansIsGoneOnWithWhereItFailed() {
        manyRuns();
        api.fail("page=4", 3, Reply.status(502, "Server Error"));
        long project = configured();
        assertThat(synced(project).path("status").asText()).isEqualTo("failed");
        int before = stored(project).size();
        assertThat(before).isGreaterThan(300);
        asked();

        JsonNode stream = completed(project);

        assertThat(stored(project)).hasSize(2600);
        assertThat(asked().get(0)).contains("created=").contains("page=4");
        assertThat(stream.path("processed").asInt()).isLessThanOrEqualTo(2600 - before);
    }

    @Test
    void aRunThatWasGoingOnIsReadAgainUntilItsEnd() {
        Instant now = Instant.now();
        for (int i = 0; i < 150; i++) {
            run(200 + i, now.minus(Duration.ofHours(200L - i)), "completed", 1);
        }
        run(100, now.minus(Duration.ofHours(300)), "in_progress", 1);
        run(101, now.minus(Duration.ofHours(301)), "queued", 1);
        long project = configured();
        completed(project);
        assertThat(asked()).as("what was seen just now").hasSize(2);
        run(100, now.minus(Duration.ofHours(300)), "completed", 1);
        api.removeRun(101);
        run(400, now, "completed", 1);

        JsonNode stream = completed(project);

        assertThat(asked()).containsExactly("?per_page=100", "/100", "/101");
        assertThat(stored(project))
                .contains("100 completed 1", "400 completed 1")
                .hasSize(152);
        assertThat(stream.path("deleted").asInt()).isEqualTo(1);
        completed(project);
        assertThat(asked()).containsExactly("?per_page=100");
    }

    @Test
    void aFullSyncRemovesRunsThatAreGoneSoManyASync() {
        Instant now = Instant.now();
        for (int i = 0; i < 250; i++) {
            run(1000 - i, now.minus(Duration.ofHours(6L * i)), "completed", 1);
        }
        long project = configured();
        completed(project);
        // The newest, those on both sides of a page's end, one between, and the oldest.
        List<Long> gone = List.of(1000L, 901L, 900L, 850L, 751L);
        gone.forEach(api::removeRun);
        completed(project);
        assertThat(stored(project)).as("an incremental sync").hasSize(250);
        asked();

        JsonNode stream = completed(project, "full");

        assertThat(asked())
                .containsExactly(
                        "?per_page=100",
                        "?per_page=100&page=2",
                        "?per_page=100&page=3",
                        "/1000",
                        "/901",
                        "/900",
                        "/850");
        assertThat(stream.path("deleted").asInt()).isEqualTo(4);
        completed(project);
        assertThat(asked()).containsExactly("?per_page=100", "/751");
        assertThat(stored(project)).hasSize(245);
        completed(project);
        assertThat(asked()).containsExactly("?per_page=100");
    }

    @Test
    void aRunThatTheListMissedStays() {
        manyRuns();
        long project = configured();
        completed(project);
        api.miss(11_000);
        api.removeRun(1500);
        asked();

        JsonNode stream = completed(project, "full");

        assertThat(asked()).endsWith("/11000", "/1500").hasSizeLessThan(80);
        assertThat(stream.path("deleted").asInt()).isEqualTo(1);
        assertThat(stored(project)).contains("11000 completed 1").hasSize(2599);
        completed(project);
        assertThat(asked()).containsExactly("?per_page=100");
    }

    @Test
    void onceADayRunsThatMayHaveBeenStartedAgainAreLookedAt() {
        Instant now = Instant.now();
        for (int i = 0; i < 250; i++) {
            run(1000 - i, now.minus(Duration.ofHours(6L * i)), "completed", 1);
        }
        long project = configured();
        completed(project);
        run(890, now.minus(Duration.ofHours(6L * 110)), "completed", 2);
        asked();
        completed(project);
        assertThat(stored(project)).contains("890 completed 1");
        assertThat(asked()).hasSize(1);

        jdbc.sql("UPDATE sync_stream_state SET cursor = cursor || '{\"lookedAt\": \"2026-01-01T00:00:00Z\"}'"
                        + " WHERE project_id = ? AND stream = 'workflow-runs'")
                .param(project)
                .update();
        completed(project);

        assertThat(stored(project)).contains("890 completed 2");
        assertThat(asked()).as("30 days of 6 hours each are 120 runs").hasSize(2);
        completed(project);
        assertThat(asked()).hasSize(1);
    }
}
