package io.atmosfera.integration.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** How many requests syncs make, as the stand-in counts them: all of them, those that GitHub does not count as well. */
class GitHubCostTest extends GitHubSupport {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** A project of which nothing but syncs asks. */
    private long connected(HistoryApi api, int commitAnalysisLimit) {
        long project = project();
        ObjectNode config =
                config().put("repository", api.repository()).put("commitAnalysisLimit", commitAnalysisLimit);
        Answer saved = configure(project, config);
        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        jdbc.sql(
                        "UPDATE connection_health SET next_probe = 'infinity' WHERE config_id IN (SELECT id FROM integration_configs WHERE project_id = ?)")
                .param(project)
                .update();
        return project;
    }

    /** The requests of a sync. */
    private List<String> sync(long project) {
        github.requests().clear();
        Answer started = post("/api/projects/" + project + "/github-sync", ADMIN, "{\"syncType\": \"incremental\"}");
        assertThat(started.status()).as(started.text()).isEqualTo(202);
        String path = "/api/projects/" + project + "/github-sync-logs/"
                + started.json().path("syncId").asLong();
        JsonNode log = await().atMost(LIMIT).until(() -> get(path).json(), got -> !got.path("status")
                .asText()
                .equals("running"));
        assertThat(log.path("status").asText()).as(log.toString()).isEqualTo("completed");
        return github.lines();
    }

    private static List<String> of(List<String> lines, String pattern) {
        return lines.stream()
                .filter(line -> line.matches(".*" + pattern + ".*"))
                .toList();
    }

    /** Pull requests of the last years, every tenth of them open, the newest ten of this very hour with checks that run. */
    private static void pulls(DetailsApi details, int number) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        for (int i = 1; i <= number; i++) {
            boolean fresh = i > number - 10;
            String at = (fresh ? now.minusSeconds(60L * (number - i)) : now.minus(Duration.ofDays(20L + number - i)))
                    .toString();
            ObjectNode pull = details.pull(i, "beef" + i, at);
            if (i % 10 != 0 && !fresh) {
                details.put(pull.put("state", "closed").put("closed_at", at).put("merged_at", at));
            }
            if (fresh) {
                details.put("/commits/beef" + i + "/check-runs", DetailsApi.check(i, "beef" + i, "in_progress", null));
            }
        }
    }

    @Test
    void aSecondSyncAfterOneCommitIsCheap() {
        try (GitHistory history = GitHistory.of(10)) {
            HistoryApi api = new HistoryApi(history, github);
            DetailsApi details = new DetailsApi(api);
            pulls(details, 290);
            long project = connected(api, 10);
            sync(project);
            String sha = history.commit("main", "One more", "src/One.java", "one");

            List<String> second = sync(project);

            // Before there was a limit for what has not changed, it was 183.
            assertThat(second).hasSizeLessThanOrEqualTo(60);
            assertThat(of(second, "/commits/" + sha)).hasSize(2);
            assertThat(detailed(project)).isEqualTo(255);

            // What has changed is read at once, however much is left over.
            String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
            for (int i = 1; i <= 20; i++) {
                details.pull(i, "f00d" + i, now);
            }
            List<String> third = sync(project);
            for (int i = 1; i <= 20; i++) {
                assertThat(of(third, "/pulls/" + i + "/files"))
                        .as("pull request " + i)
                        .hasSize(1);
                assertThat(of(third, "/commits/f00d" + i + "/check-runs"))
                        .as("pull request " + i)
                        .hasSize(1);
            }
            assertThat(of(third, "/pulls/\\d+/files")).hasSize(25);
        }
    }

    @Test
    void checksThatRunHaveTheirTurns() {
        try (GitHistory history = GitHistory.of(10)) {
            HistoryApi api = new HistoryApi(history, github);
            DetailsApi details = new DetailsApi(api);
            Instant day = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(1));
            for (int i = 1; i <= 30; i++) {
                details.pull(i, "beef" + i, day.plusSeconds(i).toString());
                details.put("/commits/beef" + i + "/check-runs", DetailsApi.check(i, "beef" + i, "in_progress", null));
            }
            long project = connected(api, 10);
            sync(project);
            TreeSet<String> looked = new TreeSet<>();

            for (int i = 0; i < 4; i++) {
                List<String> lines = of(sync(project), "/commits/beef\\d+/check-runs");
                assertThat(lines).hasSizeLessThanOrEqualTo(8);
                looked.addAll(lines);
            }

            assertThat(looked).hasSize(30);
        }
    }

    private int detailed(long project) {
        return jdbc.sql("SELECT count(*) FROM github_reads WHERE project_id = ? AND stream = 'pull-details'")
                .param(project)
                .query(Integer.class)
                .single();
    }

    /** Branches of a commit each that were merged, and stay. */
    private static void merged(GitHistory history, int branches) {
        for (int i = 1; i <= branches; i++) {
            history.branch("topic-" + i, "main");
            history.commit("topic-" + i, "Of topic " + i, "src/T" + i + ".java", "t");
            history.merge("main", "topic-" + i, "Merge topic-" + i);
        }
    }

    private List<String> heads(long project) {
        return jdbc.sql("SELECT DISTINCT sha FROM github_branches b WHERE project_id = ?"
                        + " AND NOT EXISTS (SELECT FROM github_commits c WHERE c.project_id = b.project_id AND c.sha = b.sha"
                        + " AND c.reachable)")
                .param(project)
                .query(String.class)
                .list();
    }

    @Test
    void branchesThatWereMergedCostNothing() {
        try (GitHistory history = GitHistory.of(10)) {
            HistoryApi api = new HistoryApi(history, github);
            int branches = 300;
            merged(history, branches);
            history.branch("open", "main");
            history.commit("open", "Not merged", "src/O.java", "o");
            history.branch("open-too", "open");
            history.commit("open-too", "On top of it", "src/O.java", "p");
            long project = connected(api, 20);

            List<String> first = sync(project);

            // Each merged branch was compared before: of 300 branches the first sync made 525 requests.
            assertThat(of(first, "/compare/")).hasSizeLessThanOrEqualTo(2);
            assertThat(heads(project)).isEmpty();
            assertThat(of(first, "/commits\\?sha=")).hasSize((2 * branches + 10 + 99) / 100);

            // Nothing is compared again; a branch that is made where main was is known from the list.
            history.branch("old", "topic-1");
            history.branch("new", "main");
            history.rewind("open-too", 1);
            assertThat(of(sync(project), "/compare/")).isEmpty();
        }
    }

    @Test
    void manyBranchesThatAreNotMergedAreComparedOnce() {
        try (GitHistory history = GitHistory.of(300)) {
            HistoryApi api = new HistoryApi(history, github);
            for (int i = 1; i <= 30; i++) {
                history.branch("open-" + i, "main");
                history.commit("open-" + i, "Of " + i, "src/O" + i + ".java", "o");
            }
            merged(history, 30);
            long project = connected(api, 50);

            List<String> first = sync(project);

            assertThat(of(first, "/compare/")).hasSize(30);
            assertThat(heads(project)).isEmpty();
            // They wait until the history is complete, since most of many branches are a part of it.
            assertThat(first.indexOf(of(first, "/compare/").get(0)))
                    .isGreaterThan(
                            first.lastIndexOf(of(first, "/commits\\?sha=").get(3)));
            history.commit("open-7", "More", "src/O7.java", "more");
            assertThat(of(sync(project), "/compare/")).hasSize(1);
            assertThat(heads(project)).isEmpty();
        }
    }
}
