package io.atmosfera.integration.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.SignedDelivery;
import io.atmosfera.integration.github.StandInGitHub.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is collected from a repository is what git itself says, at little cost, whatever goes wrong on the way. */
class GitHubHistoryTest extends GitHubSupport {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private long collected(GitHistory history, HistoryApi api) {
        long project = project();
        ObjectNode config = config().put("repository", api.repository());
        Answer saved = configure(project, config);
        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        // What is counted is what syncs ask.
        jdbc.sql(
                        "UPDATE connection_health SET next_probe = 'infinity' WHERE config_id IN (SELECT id FROM integration_configs WHERE project_id = ?)")
                .param(project)
                .update();
        completed(project);
        return project;
    }

    private JsonNode sync(long project) {
        // One that an event asked for may be running.
        Answer started = await().atMost(LIMIT)
                .until(
                        () -> post(
                                "/api/projects/" + project + "/github-sync", ADMIN, "{\"syncType\": \"incremental\"}"),
                        answer -> answer.status() != 409);
        assertThat(started.status()).as(started.text()).isEqualTo(202);
        String log = "/api/projects/" + project + "/github-sync-logs/"
                + started.json().path("syncId").asLong();
        await().atMost(LIMIT)
                .until(() -> !get(log).json().path("status").asText().equals("running"));
        return get(log).json();
    }

    private JsonNode completed(long project) {
        JsonNode log = sync(project);
        assertThat(log.path("status").asText()).as(log.toString()).isEqualTo("completed");
        for (JsonNode stream : log.path("streams")) {
            assertThat(stream.path("state").asText()).as(stream.toString()).isEqualTo("completed");
        }
        return log;
    }

    private List<String> shas(long project, boolean reachable) {
        return jdbc.sql("SELECT sha FROM github_commits WHERE project_id = ? AND reachable = ?")
                .params(project, reachable)
                .query(String.class)
                .list();
    }

    private TreeMap<String, String> branches(long project) {
        TreeMap<String, String> branches = new TreeMap<>();
        jdbc.sql("SELECT name, sha FROM github_branches WHERE project_id = ?")
                .param(project)
                .query(row -> {
                    branches.put(row.getString("name"), row.getString("sha"));
                });
        return branches;
    }

    private static List<String> all(GitHistory history) {
        return history.log(List.copyOf(history.branches().values()));
    }

    @Test
    void commitsAndBranchesAreThoseOfGit() {
        try (GitHistory history = GitHistory.of(2000)) {
            HistoryApi api = new HistoryApi(history, github);
            history.branch("feature/DEMO-12-login", "main");
            history.commit("feature/DEMO-12-login", "Begin the login", "src/Login.java", "login");
            history.tag("v1.0", "main");

            long project = collected(history, api);

            assertThat(shas(project, true)).containsExactlyInAnyOrderElementsOf(all(history));
            assertThat(branches(project)).isEqualTo(new TreeMap<>(history.branches()));
            assertThat(jdbc.sql("SELECT name FROM github_tags WHERE project_id = ?")
                            .param(project)
                            .query(String.class)
                            .list())
                    .containsExactly("v1.0");
        }
    }

    @Test
    void aSecondSyncCostsAlmostNothing() {
        try (GitHistory history = GitHistory.of(500)) {
            HistoryApi api = new HistoryApi(history, github);
            long project = collected(history, api);
            completed(project);
            int before = api.remaining();
            github.requests().clear();

            JsonNode log = completed(project);

            assertThat(before - api.remaining()).as(github.lines().toString()).isLessThanOrEqualTo(1);
            for (JsonNode stream : log.path("streams")) {
                assertThat(stream.path("requests").asInt())
                        .as(stream.toString())
                        .isLessThanOrEqualTo(1);
            }
        }
    }

    private static GitHistory withBranches(int branches) {
        GitHistory history = GitHistory.of(10);
        for (int i = 100; i < 100 + branches; i++) {
            history.branch("topic-" + i, "main");
        }
        return history;
    }

    private List<String> askedFor(String text) {
        return github.requests().stream()
                .filter(request -> request.line().contains(text))
                .map(request -> request.header("If-None-Match") == null ? "whole" : "unless")
                .toList();
    }

    private void aDayPasses(long project) {
        jdbc.sql("UPDATE sync_stream_state SET cursor = cursor || '{\"stampedAt\": \"2026-01-01T00:00:00Z\"}'"
                        + " WHERE project_id = ? AND cursor ->> 'stampedAt' IS NOT NULL")
                .param(project)
                .update();
    }

    @Test
    void whereNothingWasPushedBranchesAndTagsAreNotAskedFor() {
        try (GitHistory history = withBranches(250)) {
            HistoryApi api = new HistoryApi(history, github);
            long project = collected(history, api);
            int before = api.remaining();
            github.requests().clear();

            completed(project);

            assertThat(askedFor("/branches?")).isEmpty();
            assertThat(askedFor("/tags?")).isEmpty();
            assertThat(before - api.remaining()).isZero();

            aDayPasses(project);
            completed(project);

            assertThat(askedFor("/branches")).hasSize(3).containsOnly("unless");
            assertThat(before - api.remaining()).as(github.lines().toString()).isZero();
        }
    }

    @Test
    void ofALongListOnlyThePagesThatChangedCost() {
        try (GitHistory history = withBranches(250)) {
            HistoryApi api = new HistoryApi(history, github);
            long project = collected(history, api);
            history.commit("topic-250", "On the second page", "src/A.java", "a");
            int before = api.remaining();
            github.requests().clear();

            completed(project);

            assertThat(askedFor("/branches")).hasSize(3).containsOnly("unless");
            // The repository, a page of branches, the comparison, and what the commit changed.
            assertThat(before - api.remaining()).as(github.lines().toString()).isEqualTo(4);
            assertThat(branches(project)).isEqualTo(new TreeMap<>(history.branches()));

            history.delete("topic-349");
            completed(project);

            assertThat(branches(project)).isEqualTo(new TreeMap<>(history.branches()));
        }
    }

    @Test
    void aForcePushAndADeletedBranchAreFollowed() {
        try (GitHistory history = GitHistory.of(300)) {
            HistoryApi api = new HistoryApi(history, github);
            history.branch("topic", "main");
            history.commit("topic", "Thrown away", "src/A.java", "a");
            history.branch("short-lived", "main");
            history.commit("short-lived", "Deleted with its branch", "src/B.java", "b");
            long project = collected(history, api);

            history.rewind("topic", 1);
            String kept = history.commit("topic", "Instead of it", "src/A.java", "other");
            history.delete("short-lived");
            completed(project);

            assertThat(shas(project, true)).contains(kept).containsExactlyInAnyOrderElementsOf(all(history));
            assertThat(shas(project, false)).hasSize(2);
            assertThat(branches(project)).isEqualTo(new TreeMap<>(history.branches()));
        }
    }

    @Test
    void aForcePushThatAWebhookTellsOfIsFollowedByItself() {
        try (GitHistory history = GitHistory.of(50)) {
            HistoryApi api = new HistoryApi(history, github);
            history.branch("topic", "main");
            String lost = history.commit("topic", "Thrown away", "src/A.java", "a");
            long project = project();
            ObjectNode config = config().put("repository", api.repository()).put("webhookSecret", "a-secret-of-pushes");
            assertThat(configure(project, config).status()).isEqualTo(200);
            completed(project);

            history.rewind("topic", 1);
            String kept = history.commit("topic", "Instead of it", "src/A.java", "other");
            assertThat(push(project, lost, kept).status()).isEqualTo(202);

            await().atMost(LIMIT).untilAsserted(() -> {
                assertThat(shas(project, false)).containsExactly(lost);
                assertThat(shas(project, true)).containsExactlyInAnyOrderElementsOf(all(history));
            });
            completed(project);
            assertThat(jdbc.sql("SELECT count(*) FROM github_pending_work WHERE project_id = ?")
                            .param(project)
                            .query(Long.class)
                            .single())
                    .isZero();
        }
    }

    private Answer push(long project, String before, String after) {
        byte[] body =
                """
                {"ref": "refs/heads/topic", "before": "%s", "after": "%s", "created": false, "deleted": false,
                 "forced": true, "commits": [], "head_commit": null,
                 "repository": {"id": %d, "full_name": "octo/history"}, "sender": {"login": "ann-lee"}}"""
                        .formatted(before, after, HistoryApi.REPOSITORY_ID)
                        .getBytes(StandardCharsets.UTF_8);
        return send(SignedDelivery.github(
                port,
                "/api/projects/" + project + "/github-webhook",
                body,
                "a-secret-of-pushes",
                "push",
                UUID.randomUUID().toString()));
    }

    @Test
    void aBranchWithOldCommitsThatWasMergedIsComplete() {
        try (GitHistory history = GitHistory.of(300)) {
            HistoryApi api = new HistoryApi(history, github);
            history.branch("fork", "main");
            history.commit("fork", "Old work of a fork", "src/F.java", "f");
            String head = history.branches().get("fork");
            for (int i = 0; i < 150; i++) {
                history.commit("main", "Later " + i, "src/L.java", "later " + i);
            }
            TreeMap<String, String> hidden = new TreeMap<>(history.branches());
            history.delete("fork");
            long project = collected(history, api);
            assertThat(shas(project, true)).doesNotContain(head);

            history.mergeCommit("main", head, "Merge the fork");
            completed(project);

            assertThat(hidden).containsKey("fork");
            assertThat(shas(project, true)).contains(head).containsExactlyInAnyOrderElementsOf(all(history));
        }
    }

    @Test
    void anEmptyRepositoryIsNoFailure() {
        try (GitHistory history = new GitHistory()) {
            HistoryApi api = new HistoryApi(history, github);
            api.beEmpty(true);

            assertThat(shas(collected(history, api), true)).isEmpty();
        }
    }

    @Test
    void failuresOfAllKindsInBetweenAreSurvived() {
        try (GitHistory history = GitHistory.of(1000)) {
            HistoryApi api = new HistoryApi(history, github);
            api.fail(
                    "page=3",
                    1,
                    new Reply(502, "<html>Unicorn!</html>", java.util.Map.of("Content-Type", "text/html")));
            api.fail("page=4", 1, Reply.status(500, "Server Error"));
            api.fail(
                    "page=5",
                    1,
                    Reply.status(403, "You have exceeded a secondary rate limit. Please wait.")
                            .with("Retry-After", "1"));

            long project = collected(history, api);

            assertThat(shas(project, true)).containsExactlyInAnyOrderElementsOf(all(history));
        }
    }

    @Test
    void whenTheRateLimitIsReachedTheSyncWaitsAndGoesOnWhereItWas() {
        try (GitHistory history = GitHistory.of(1000)) {
            HistoryApi api = new HistoryApi(history, github);
            api.allow(6, Instant.now().plusSeconds(3));
            long project = project();
            assertThat(configure(project, config().put("repository", api.repository()))
                            .status())
                    .isEqualTo(200);
            Answer started = post("/api/projects/" + project + "/github-sync", ADMIN, "{\"syncType\": \"full\"}");
            String log = "/api/projects/" + project + "/github-sync-logs/"
                    + started.json().path("syncId").asLong();
            await().atMost(LIMIT).until(() -> get(log).json().hasNonNull("waitingUntil"));

            api.allow(5000, Instant.now().plusSeconds(3600));
            await().atMost(LIMIT)
                    .until(() -> get(log).json().path("status").asText().equals("completed"));

            assertThat(shas(project, true)).containsExactlyInAnyOrderElementsOf(all(history));
            // What was complete before it waited is not asked for again.
            assertThat(github.lines())
                    .filteredOn(line -> line.contains("/branches?"))
                    .hasSize(1);
        }
    }

    private int at(String text) {
        for (int i = 0; i < github.lines().size(); i++) {
            if (github.lines().get(i).contains(text)) {
                return i;
            }
        }
        throw new AssertionError("Nobody asked for " + text + ": " + github.lines());
    }

    private long configured(HistoryApi api) {
        long project = project();
        assertThat(configure(project, config().put("repository", api.repository()))
                        .status())
                .isEqualTo(200);
        return project;
    }

    @Test
    void theRestOfALongHistoryComesWhenAllElseIsThere() {
        try (GitHistory history = GitHistory.of(450)) {
            HistoryApi api = new HistoryApi(history, github);
            history.branch("topic", "main");
            history.commit("topic", "Of a branch", "src/T.java", "t");

            long project = collected(history, api);

            assertThat(shas(project, true)).containsExactlyInAnyOrderElementsOf(all(history));
            assertThat(at("/commits?sha=")).isLessThan(at("/pulls?"));
            assertThat(at("/compare/")).isLessThan(at("/pulls?"));
            assertThat(at("/issues?")).isLessThan(at("page=2"));
            assertThat(at("/actions/runs?")).isLessThan(at("page=2"));
            assertThat(github.lines())
                    .filteredOn(line -> line.contains("/commits?"))
                    .hasSize(5);
        }
    }

    @Test
    void aHistoryIsGoneOnWithWhereASyncFailed() {
        try (GitHistory history = GitHistory.of(450)) {
            HistoryApi api = new HistoryApi(history, github);
            api.fail("page=3", 3, Reply.status(502, "Server Error"));
            long project = configured(api);
            assertThat(sync(project).path("status").asText()).isEqualTo("failed");
            history.commit("main", "Meanwhile", "src/M.java", "m");
            github.requests().clear();

            completed(project);

            assertThat(shas(project, true)).containsExactlyInAnyOrderElementsOf(all(history));
            assertThat(github.lines()).noneMatch(line -> line.contains("page=2"));
            assertThat(github.lines())
                    .filteredOn(line -> line.contains("/commits?"))
                    .hasSize(3);
        }
    }

    @Test
    void aBranchIsGoneOnWithWhereASyncFailed() {
        try (GitHistory history = GitHistory.of(250)) {
            HistoryApi api = new HistoryApi(history, github);
            api.fail("page=3", 3, Reply.status(502, "Server Error"));
            long project = project();
            ObjectNode config = config().put("repository", api.repository()).put("commitAnalysisLimit", 300);
            assertThat(configure(project, config).status()).isEqualTo(200);
            assertThat(sync(project).path("status").asText()).isEqualTo("failed");
            assertThat(shas(project, true)).hasSize(200);
            github.requests().clear();

            completed(project);

            assertThat(shas(project, true)).containsExactlyInAnyOrderElementsOf(all(history));
            assertThat(github.lines())
                    .filteredOn(line -> line.contains("/commits?"))
                    .singleElement()
                    .asString()
                    .contains("page=3");
        }
    }

    @Test
    void whatWasNotWalkedYetMakesNothingUnreachable() {
        try (GitHistory history = GitHistory.of(300)) {
            HistoryApi api = new HistoryApi(history, github);
            history.branch("topic", "main");
            String lost = history.commit("topic", "Thrown away", "src/A.java", "a");
            api.fail("page=2", 2, Reply.status(403, "Resource not accessible by personal access token"));
            long project = configured(api);
            assertThat(sync(project).path("status").asText()).isEqualTo("completed");
            assertThat(shas(project, false)).isEmpty();

            history.rewind("topic", 1);
            history.commit("topic", "Instead of it", "src/A.java", "other");
            sync(project);
            assertThat(shas(project, false)).containsExactly(lost);
            assertThat(shas(project, true)).hasSize(101);

            completed(project);
            assertThat(shas(project, false)).containsExactly(lost);
            assertThat(shas(project, true)).containsExactlyInAnyOrderElementsOf(all(history));
        }
    }

    @Test
    void aHistoryWhoseHeadGitHubHasNoMoreIsListedAnew() {
        try (GitHistory history = GitHistory.of(300)) {
            HistoryApi api = new HistoryApi(history, github);
            api.fail("page=2", 1, Reply.status(404, "Not Found"));
            long project = configured(api);
            sync(project);
            assertThat(shas(project, true)).hasSize(100);

            completed(project);

            assertThat(shas(project, true)).containsExactlyInAnyOrderElementsOf(all(history));
        }
    }

    @Test
    void aCommitWhoseChangesGitHubCannotSayIsLeftOut() {
        try (GitHistory history = GitHistory.of(30)) {
            HistoryApi api = new HistoryApi(history, github);
            String giant = history.commit("main", "A giant", "src/G.java", "g");
            api.fail("/commits/" + giant, 100, Reply.status(422, "The diff is too large."));

            long project = collected(history, api);

            assertThat(jdbc.sql("SELECT sha FROM github_commits WHERE project_id = ? AND additions IS NULL"
                                    + " ORDER BY committed_at DESC LIMIT 2")
                            .param(project)
                            .query(String.class)
                            .list())
                    .contains(giant);
            assertThat(jdbc.sql("SELECT count(*) FROM github_commits WHERE project_id = ? AND additions IS NOT NULL")
                            .param(project)
                            .query(Integer.class)
                            .single())
                    .isEqualTo(19);
        }
    }

    @Test
    void aRateLimitAmongTheDetailsIsWaitedFor() {
        try (GitHistory history = GitHistory.of(30)) {
            HistoryApi api = new HistoryApi(history, github);
            String late = history.log(List.of(history.branches().get("main"))).get(5);
            api.fail(
                    "/commits/" + late,
                    1,
                    Reply.status(403, "You have exceeded a secondary rate limit.")
                            .with("Retry-After", "2"));

            long project = collected(history, api);

            assertThat(jdbc.sql("SELECT count(*) FROM github_commits WHERE project_id = ? AND additions IS NOT NULL")
                            .param(project)
                            .query(Integer.class)
                            .single())
                    .isEqualTo(20);
        }
    }

    @Test
    void whereGitHubCannotCompareTheBranchIsListed() {
        try (GitHistory history = GitHistory.of(150)) {
            HistoryApi api = new HistoryApi(history, github);
            long project = collected(history, api);
            history.commit("main", "After it", "src/A.java", "a");
            api.fail("/compare/", 100, Reply.status(404, "No common ancestor."));

            completed(project);

            assertThat(shas(project, true)).containsExactlyInAnyOrderElementsOf(all(history));
        }
    }

    /** A branch has no number: its new name is another branch, whose head is known. */
    @Test
    void aRenamedBranchCostsNoCommitAndLinksByItsNewName() {
        try (GitHistory history = GitHistory.of(20)) {
            HistoryApi api = new HistoryApi(history, github);
            history.branch("DEMO-12-login", "main");
            history.commit("DEMO-12-login", "Begin the login", "src/Login.java", "login");
            long project = collected(history, api);
            history.branch("DEMO-13-login", "DEMO-12-login");
            history.delete("DEMO-12-login");
            github.requests().clear();

            completed(project);

            assertThat(branches(project)).isEqualTo(new TreeMap<>(history.branches()));
            assertThat(github.lines()).noneMatch(line -> line.contains("/compare/") || line.contains("/commits?"));
            assertThat(shas(project, true)).containsExactlyInAnyOrderElementsOf(all(history));
            assertThat(jdbc.sql(
                                    "SELECT ref || ' ' || jira_key FROM github_links WHERE project_id = ? AND kind = 'branch'")
                            .param(project)
                            .query(String.class)
                            .list())
                    .containsExactly("DEMO-13-login DEMO-13");
        }
    }

    @Test
    void aRenamedRepositoryIsFollowed() {
        try (GitHistory history = GitHistory.of(200)) {
            HistoryApi api = new HistoryApi(history, github);
            long project = collected(history, api);
            api.rename("octo/renamed");
            history.commit("main", "After the rename", "src/R.java", "r");

            completed(project);

            assertThat(shas(project, true)).containsExactlyInAnyOrderElementsOf(all(history));
            assertThat(shown(project).path("repository").asText()).isEqualTo("octo/renamed");
        }
    }

    @Test
    void aHistoryGoesOnOnlyWhereTheConnectionLeads() {
        try (GitHistory history = GitHistory.of(30);
                StandInGitHub former = StandInGitHub.start()) {
            HistoryApi api = new HistoryApi(history, github);
            long project = collected(history, api);
            jdbc.sql("INSERT INTO github_histories (project_id, repository_id, sha, next) VALUES (?, ?, ?, ?)")
                    .params(
                            project,
                            HistoryApi.REPOSITORY_ID,
                            history.branches().get("main"),
                            former.url() + "/repositories/" + HistoryApi.REPOSITORY_ID + "/commits?page=2")
                    .update();

            completed(project);

            assertThat(former.lines()).isEmpty();
            assertThat(jdbc.sql("SELECT count(*) FROM github_histories WHERE project_id = ?")
                            .param(project)
                            .query(Integer.class)
                            .single())
                    .isZero();
        }
    }
}
