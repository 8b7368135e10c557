package io.atmosfera.integration.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.github.StandInGitHub.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** What no list says is asked for by itself: once, and again where it may have changed. */
@TestPropertySource(properties = {"platform.github.pull-details-limit=3", "platform.github.commit-analysis-limit=0"})
class GitHubDetailsTest extends GitHubSupport {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final String OLD = "2026-01-02T00:00:00Z";

    private GitHistory history;
    private HistoryApi api;
    private DetailsApi details;
    private String head;

    @BeforeEach
    void aHistory() {
        history = GitHistory.of(3);
        api = new HistoryApi(history, github);
        details = new DetailsApi(api);
        head = history.branches().get("main");
    }

    @AfterEach
    void closeHistory() {
        history.close();
    }

    private long collected() {
        long project = project();
        Answer saved = configure(project, config().put("repository", api.repository()));
        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        sync(project);
        return project;
    }

    private JsonNode sync(long project) {
        return sync(project, "incremental");
    }

    private JsonNode sync(long project, String type) {
        github.requests().clear();
        Answer started = post("/api/projects/" + project + "/github-sync", ADMIN, "{\"syncType\": \"" + type + "\"}");
        assertThat(started.status()).as(started.text()).isEqualTo(202);
        String path = "/api/projects/" + project + "/github-sync-logs/"
                + started.json().path("syncId").asLong();
        JsonNode log = await().atMost(LIMIT).until(() -> get(path).json(), got -> !got.path("status")
                .asText()
                .equals("running"));
        assertThat(log.path("status").asText()).as(log.toString()).isEqualTo("completed");
        return log;
    }

    private static JsonNode stream(JsonNode log, String name) {
        for (JsonNode stream : log.path("streams")) {
            if (stream.path("name").asText().equals(name)) {
                return stream;
            }
        }
        throw new AssertionError("No stream " + name + " in " + log);
    }

    /** What was asked in the last sync, of paths below the repository that match; with ETag where one went along. */
    private List<String> asked(String pattern) {
        return github.requests().stream()
                .filter(request -> request.line()
                        .matches("GET /repos[^/]*/(octo/history|\\d+)" + pattern + (pattern.endsWith("$") ? "" : ".*")))
                .map(request -> request.line().replaceFirst("GET /repos[^/]*/(octo/history|\\d+)", "")
                        + (request.header("If-None-Match") == null ? "" : " conditional"))
                .toList();
    }

    private JsonNode pull(long project, long number) {
        Answer answer = get("/api/projects/" + project + "/github-pulls/" + number);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private JsonNode listed(long project, String what) {
        Answer answer = get("/api/projects/" + project + "/" + what);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    /** Lets all readings of a stream be older. */
    private void age(long project, String stream, String by) {
        jdbc.sql("UPDATE github_reads SET read_at = read_at - CAST(? AS interval),"
                        + " retry_at = retry_at - CAST(? AS interval) WHERE project_id = ? AND stream = ?")
                .params(by, by, project, stream)
                .update();
    }

    // Pull requests

    @Test
    void aPullRequestIsReadWithItsReviewsFilesAndCommits() {
        ObjectNode merged = details.pull(7, "f00d", OLD).put("state", "closed").put("merged_at", OLD);
        details.put(merged.put("closed_at", OLD).put("merge_commit_sha", head));
        details.put(
                "/pulls/7/reviews",
                DetailsApi.review(1, 7, "ann", "CHANGES_REQUESTED"),
                DetailsApi.review(2, 7, "ann", "APPROVED"));
        details.put("/pulls/7/files", DetailsApi.file("src/A.java"), DetailsApi.file("src/B.java"));
        details.put("/pulls/7/commits", GitHubRows.tree(GitHubRows.commit("f00d", "Squashed away", OLD)));

        long project = collected();

        assertThat(asked("/pulls/"))
                .containsExactly(
                        "/pulls/7",
                        "/pulls/7/reviews?per_page=100",
                        "/pulls/7/files?per_page=100",
                        "/pulls/7/commits?per_page=100");
        JsonNode pull = pull(project, 7);
        assertThat(pull.path("additions").asInt()).isEqualTo(12);
        assertThat(pull.path("mergedBy").asText()).isEqualTo("merger");
        assertThat(pull.path("reviewDecision").asText()).isEqualTo("approved");
        assertThat(GitHubRows.texts(pull.path("reviews"), "state")).containsExactly("changes_requested", "approved");
        assertThat(GitHubRows.texts(pull.path("files"), "path")).containsExactly("src/A.java", "src/B.java");
        // No branch leads to it, nor ever will: a squash merge.
        assertThat(pull.path("commits").toString()).contains("\"sha\":\"f00d\"", "\"reachable\":false");
        assertThat(pull.path("detailsAt").isTextual()).isTrue();
        JsonNode row = listed(project, "github-pulls").path(0);
        assertThat(row.path("mergedBy").asText()).isEqualTo("merger");
        assertThat(row.path("changedFiles").asInt()).isEqualTo(2);

        JsonNode log = sync(project);

        assertThat(asked("/(pulls/|branches/|rules/|commits/.*/check-runs|deployments/)"))
                .isEmpty();
        assertThat(stream(log, "pull-details").path("requests").asInt()).isZero();
        assertThat(asked("/deployments")).containsExactly("/deployments?per_page=100 conditional");
    }

    @Test
    void whatGitHubDoesNotListOfALargePullRequestIsComparedOrMarked() {
        ObjectNode pull = details.pull(7, "f00d", OLD);
        ObjectNode whole = pull.deepCopy().put("commits", 300).put("changed_files", 3001);
        details.put("/pulls/7", whole.toString());
        JsonNode[] commits = IntStream.range(0, 300)
                .mapToObj(i -> GitHubRows.tree(GitHubRows.commit("c" + i, i == 279 ? "ABC-280 late" : "Work", OLD)))
                .toArray(JsonNode[]::new);
        details.put("/pulls/7/commits", Arrays.copyOf(commits, 250));
        String compare = "/repos/octo/history/compare/bbbb...f00d?per_page=100";
        for (int page = 1; page <= 3; page++) {
            ObjectNode answer = JSON.createObjectNode().put("total_commits", 300);
            answer.putArray("commits").addAll(List.of(commits).subList((page - 1) * 100, page * 100));
            Reply reply = Reply.json(answer.toString());
            github.on(
                    "GET " + compare + (page == 1 ? "" : "&page=" + page),
                    page == 3
                            ? reply
                            : reply.with(
                                    "Link", "<" + github.url() + compare + "&page=" + (page + 1) + ">; rel=\"next\""));
        }

        long project = collected();

        JsonNode read = pull(project, 7);
        assertThat(read.path("commits")).hasSize(300);
        assertThat(read.path("filesTruncated").asBoolean()).isTrue();
        assertThat(asked("/compare/bbbb...f00d")).hasSize(3);
        assertThat(jdbc.sql("SELECT ref FROM github_links WHERE project_id = ? AND jira_key = 'ABC-280'")
                        .param(project)
                        .query(String.class)
                        .list())
                .containsExactly("c279");
        assertThat(listed(project, "github-sync-logs").path(0).path("warnings").toString())
                .contains("files-truncated", "7 (3001 files)");
        // With the head where it was nothing is compared again.
        sync(project);
        assertThat(asked("/compare/bbbb")).isEmpty();
    }

    @Test
    void aFullSyncRemovesIssuesThatAreGoneAndKeepsThoseThatAListMissed() {
        for (int number = 21; number <= 24; number++) {
            api.putIssue(issue(number));
        }
        long project = collected();
        assertThat(listed(project, "github-issues")).hasSize(4);
        // One deleted, one transferred, one only missed by the list.
        api.removeIssue(21);
        api.removeIssue(22);
        api.removeIssue(23);
        api.fail("/issues/21", 5, Reply.status(410, "This issue was deleted"));
        details.put("/issues/22", issue(7).put("id", 4711).toString());
        details.put("/issues/23", issue(23).toString());

        sync(project);
        assertThat(listed(project, "github-issues")).as("an incremental sync").hasSize(4);
        JsonNode log = sync(project, "full");

        assertThat(asked("/issues/")).containsExactly("/issues/21", "/issues/22", "/issues/23");
        assertThat(listed(project, "github-issues").findValuesAsText("number")).containsExactlyInAnyOrder("23", "24");
        assertThat(stream(log, "issues").path("deleted").asInt()).isEqualTo(2);
        assertThat(log.path("deleted").asInt()).isEqualTo(2);
        sync(project);
        assertThat(asked("/issues/")).isEmpty();
    }

    @Test
    void aFullSyncRemovesDeploymentsThatAreGoneAndKeepsThoseThatAListMissed() {
        ObjectNode missed = DetailsApi.deployment(2, "live", OLD, OLD);
        ObjectNode there = DetailsApi.deployment(3, "live", OLD, OLD);
        details.put("/deployments", DetailsApi.deployment(1, "test", OLD, OLD), missed, there);
        details.put("/deployments/1/statuses", DetailsApi.status(11, 1, "success", OLD));
        long project = collected();
        assertThat(listed(project, "github-deployments")).hasSize(3);
        details.put("/deployments", there);
        details.put("/deployments/2", missed.toString());
        api.fail("/deployments/1", 5, Reply.status(404, "Not Found"));

        sync(project);
        assertThat(listed(project, "github-deployments"))
                .as("an incremental sync")
                .hasSize(3);
        JsonNode log = sync(project, "full");

        assertThat(asked("/deployments/\\d+$")).containsExactly("/deployments/1", "/deployments/2");
        assertThat(listed(project, "github-deployments").findValuesAsText("id")).containsExactlyInAnyOrder("2", "3");
        assertThat(stream(log, "deployments").path("deleted").asInt()).isEqualTo(1);
        assertThat(log.path("deleted").asInt()).isEqualTo(1);
        sync(project);
        assertThat(asked("/deployments/\\d+$")).isEmpty();
    }

    private static ObjectNode issue(long number) {
        ObjectNode issue = JSON.createObjectNode()
                .put("number", number)
                .put("id", 9000 + number)
                .put("state", "open");
        return issue.put("title", "ABC-1").put("created_at", OLD).put("updated_at", OLD);
    }

    @Test
    void onlyWhatCanHaveChangedIsReadAgain() {
        details.pull(7, "f00d", OLD);
        details.put("/pulls/7/files", DetailsApi.file("src/A.java"));
        details.put("/pulls/7/commits", GitHubRows.tree(GitHubRows.commit("f00d", "One", OLD)));
        long project = collected();

        // A review: the head is where it was.
        details.put("/pulls/7/reviews", DetailsApi.review(1, 7, "ann", "APPROVED"));
        details.pull(7, "f00d", "2026-01-03T00:00:00Z");
        sync(project);
        assertThat(asked("/pulls/")).containsExactly("/pulls/7", "/pulls/7/reviews?per_page=100");
        assertThat(pull(project, 7).path("reviewDecision").asText()).isEqualTo("approved");

        // Another base: other files.
        ObjectNode rebased = details.pull(7, "f00d", "2026-01-04T00:00:00Z");
        ((ObjectNode) rebased.path("base")).put("ref", "release");
        details.put(rebased);
        details.put("/pulls/7/files", DetailsApi.file("src/B.java"));
        sync(project);
        assertThat(asked("/pulls/")).hasSize(4);
        assertThat(GitHubRows.texts(pull(project, 7).path("files"), "path")).containsExactly("src/B.java");

        // A head that adds nothing: what the former head had is gone.
        details.put("/pulls/7/files");
        details.put("/pulls/7/commits");
        details.pull(7, "beef", "2026-01-05T00:00:00Z");
        sync(project);
        assertThat(asked("/pulls/")).hasSize(4);
        assertThat(pull(project, 7).path("files")).isEmpty();
        assertThat(pull(project, 7).path("commits")).isEmpty();
    }

    @Test
    void aSyncReadsSoManyPullRequestsTheNewestFirst() {
        for (int number = 1; number <= 5; number++) {
            details.pull(number, "f00d" + number, "2026-01-0" + number + "T00:00:00Z");
        }
        long project = collected();
        assertThat(asked("/pulls/\\d$")).containsExactly("/pulls/5", "/pulls/4", "/pulls/3");

        sync(project);
        assertThat(asked("/pulls/\\d$")).containsExactly("/pulls/2", "/pulls/1");

        sync(project, "full");
        assertThat(asked("/pulls/\\d$")).containsExactly("/pulls/5", "/pulls/4", "/pulls/3");
    }

    @Test
    void aLongListOfFilesIsReadPageByPage() {
        details.pull(7, "f00d", OLD);
        details.put(
                "/pulls/7/files",
                IntStream.range(0, 250)
                        .mapToObj(i -> DetailsApi.file("src/" + i))
                        .toArray(JsonNode[]::new));

        long project = collected();

        assertThat(asked("/pulls/7/files")).hasSize(3);
        assertThat(pull(project, 7).path("files")).hasSize(250);
    }

    @Test
    void aPullRequestThatGitHubDoesNotGiveIsLeftOut() {
        details.pull(7, "f00d", OLD);
        details.pull(8, "beef", "2026-01-03T00:00:00Z");
        api.fail("/pulls/8/files", 100, Reply.status(422, "The diff is too large."));
        long project = project();
        assertThat(configure(project, config().put("repository", api.repository()))
                        .status())
                .isEqualTo(200);

        JsonNode log = sync(project);

        assertThat(stream(log, "pull-details").path("state").asText()).isEqualTo("completed");
        assertThat(log.path("warnings")).singleElement().satisfies(warning -> {
            assertThat(warning.path("code").asText()).isEqualTo("left-out");
            assertThat(warning.path("message").asText())
                    .isEqualTo(
                            "pull-details: 1 left out until later: 8. GitHub answered HTTP 422: The diff is too large.");
        });
        assertThat(pull(project, 7).path("detailsAt").isTextual()).isTrue();
        assertThat(pull(project, 8).path("detailsAt").isNull()).isTrue();
        sync(project);
        assertThat(asked("/pulls/8")).isEmpty();
        age(project, "pull-details", "2 hours");
        sync(project);
        assertThat(asked("/pulls/8/files")).hasSize(1);
    }

    @Test
    void aTokenThatMayNotReadThemKeepsTheOtherStreams() {
        details.pull(7, "f00d", OLD);
        api.fail("/pulls/7", 100, Reply.status(403, "Resource not accessible by personal access token"));
        long project = project();
        assertThat(configure(project, config().put("repository", api.repository()))
                        .status())
                .isEqualTo(200);

        JsonNode log = sync(project);

        assertThat(stream(log, "pull-details").path("state").asText()).isEqualTo("failed");
        assertThat(stream(log, "check-runs").path("state").asText()).isEqualTo("completed");
        assertThat(stream(log, "deployment-statuses").path("state").asText()).isEqualTo("completed");
    }

    @Test
    void aRateLimitInTheMiddleIsWaitedForAndWhatWasReadIsNotReadAgain() {
        details.pull(7, "f00d", OLD);
        details.pull(8, "beef", "2026-01-03T00:00:00Z");
        api.fail(
                "/pulls/7/reviews",
                1,
                Reply.status(403, "You have exceeded a secondary rate limit.").with("Retry-After", "1"));

        long project = collected();

        assertThat(asked("/pulls/8$")).hasSize(1);
        assertThat(asked("/pulls/7$")).hasSize(2);
        assertThat(pull(project, 7).path("detailsAt").isTextual()).isTrue();
        assertThat(jdbc.sql("SELECT failures FROM sync_schedules WHERE project_id = ? AND source = 'github'")
                        .param(project)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    // Branches

    @Test
    void rulesOfBranchesAreReadOnceADay() {
        details.put(
                "/branches/main/protection",
                """
                {"required_status_checks": {"strict": true, "contexts": ["build"], "checks": [{"context": "build", "app_id": 1}]},
                 "enforce_admins": {"enabled": true}, "allow_force_pushes": {"enabled": false},
                 "required_pull_request_reviews": {"required_approving_review_count": 1}}""");
        details.put(
                "/rules/branches/main",
                GitHubRows.tree(
                        "{\"type\": \"pull_request\", \"parameters\": {\"required_approving_review_count\": 2}}"),
                GitHubRows.tree(
                        "{\"type\": \"required_status_checks\", \"parameters\": {\"required_status_checks\": [{\"context\": \"lint\"}]}}"),
                GitHubRows.tree("{\"type\": \"deletion\"}"));
        long project = collected();

        assertThat(asked("/(branches/|rules/)"))
                .containsExactly("/branches/main/protection", "/rules/branches/main?per_page=100");
        assertThat(listed(project, "github-branches").path(0).path("protection"))
                .isEqualTo(
                        GitHubRows.tree(
                                """
                {"requiredReviews": 2, "codeOwners": false, "requiredChecks": ["build", "lint"], "linearHistory": false,
                 "signatures": false, "admins": true, "forcePushes": false, "deletions": false}"""));

        sync(project);
        assertThat(asked("/(branches/|rules/)")).isEmpty();

        ruleChanged(project);
        sync(project);
        assertThat(asked("/(branches/|rules/)")).hasSize(2);
        sync(project);
        assertThat(asked("/(branches/|rules/)")).isEmpty();

        age(project, "branch-protection", "25 hours");
        details.remove("/branches/main/protection");
        details.put("/rules/branches/main");
        sync(project);
        assertThat(asked("/(branches/|rules/)")).hasSize(2);
        assertThat(listed(project, "github-branches").path(0).path("protection").isNull())
                .isTrue();
    }

    /** An event of which nothing but its type is kept. */
    private void ruleChanged(long project) {
        jdbc.sql("INSERT INTO github_pending_work (project_id, event_type, entity, event_id, trace_id)"
                        + " VALUES (?, 'branch_protection_rule', 'main', ?, 'trace')")
                .params(project, -project)
                .update();
    }

    @Test
    void aBranchThatIsProtectedWithoutAPushIsFoundWhenAnEventTells() {
        history.branch("stable", "main");
        long project = collected();
        details.isProtected("stable");
        details.put("/branches/stable/protection", "{\"enforce_admins\": {\"enabled\": true}}");

        ruleChanged(project);
        sync(project);

        assertThat(asked("/branches/stable/")).containsExactly("/branches/stable/protection");
        JsonNode stable = listed(project, "github-branches?sort=-name").path(0);
        assertThat(stable.path("protected").asBoolean()).isTrue();
        assertThat(stable.path("protection").path("admins").asBoolean()).isTrue();
    }

    @Test
    void aBranchWithSlashesAndPercentsIsAskedForByItsName() {
        history.branch("release/1.x 50%", "main");
        details.isProtected("release/1.x 50%");
        details.put("/branches/release/1.x 50%/protection", "{\"enforce_admins\": {\"enabled\": true}}");

        long project = collected();

        assertThat(asked("/(branches|rules/branches)/release"))
                .containsExactly(
                        "/branches/release%2F1.x%2050%25/protection",
                        "/rules/branches/release%2F1.x%2050%25?per_page=100");
        assertThat(listed(project, "github-branches?sort=-name")
                        .path(0)
                        .path("protection")
                        .path("admins")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aTokenThatMayNotAdministerIsAskedOnceAndReadsTheRulesAllTheSame() {
        history.branch("stable", "main");
        details.isProtected("stable");
        api.fail("/protection", 100, Reply.status(403, "Resource not accessible by personal access token"));
        details.put("/rules/branches/stable", GitHubRows.tree("{\"type\": \"non_fast_forward\"}"));
        long project = project();
        assertThat(configure(project, config().put("repository", api.repository()))
                        .status())
                .isEqualTo(200);

        JsonNode log = sync(project);

        assertThat(asked("/(branches/|rules/)"))
                .containsExactly(
                        "/branches/main/protection",
                        "/rules/branches/main?per_page=100",
                        "/rules/branches/stable?per_page=100");
        assertThat(log.path("warnings"))
                .singleElement()
                .satisfies(warning -> assertThat(warning.path("code").asText()).isEqualTo("not-permitted"));
        assertThat(stream(log, "branch-protection").path("state").asText()).isEqualTo("completed");
        assertThat(listed(project, "github-branches?sort=-name")
                        .path(0)
                        .path("protection")
                        .path("forcePushes")
                        .asBoolean())
                .isFalse();
        assertThat(sync(project).path("warnings")).isEmpty();
        assertThat(asked("/(branches/|rules/)")).isEmpty();
    }

    // Checks

    @Test
    void checksOfCommitsThatSomebodyWaitsForAreRead() {
        details.pull(7, "f00d", OLD);
        details.put(details.pull(8, "beef", OLD).put("state", "closed").put("closed_at", OLD));
        List<JsonNode> checks = new ArrayList<>();
        for (int id = 1; id <= 120; id++) {
            checks.add(
                    DetailsApi.check(id, "f00d", "completed", id == 5 ? "failure" : id == 6 ? "skipped" : "success"));
        }
        details.put("/commits/f00d/check-runs", checks.toArray(JsonNode[]::new));

        long project = collected();

        assertThat(asked("/commits/.*/check-runs"))
                .containsExactly(
                        "/commits/f00d/check-runs?filter=latest&per_page=100",
                        "/commits/f00d/check-runs?filter=latest&per_page=100&page=2",
                        "/commits/" + head + "/check-runs?filter=latest&per_page=100");
        assertThat(pull(project, 7).path("checks"))
                .isEqualTo(GitHubRows.tree("{\"state\": \"failure\", \"total\": 120, \"failed\": 1}"));
        assertThat(pull(project, 7).path("checkRuns")).hasSize(120);
        assertThat(pull(project, 8).path("checks").isNull()).isTrue();
        assertThat(listed(project, "github-pulls?state=open")
                        .path(0)
                        .path("checks")
                        .path("total")
                        .asInt())
                .isEqualTo(120);
    }

    @Test
    void aCheckThatRunsIsLookedAtUntilItEnds() {
        String now = Instant.now().minusSeconds(7200).toString();
        details.pull(7, "f00d", now);
        details.put("/commits/f00d/check-runs", DetailsApi.check(1, "f00d", "in_progress", null));
        long project = collected();
        assertThat(pull(project, 7).path("checks").path("state").asText()).isEqualTo("pending");

        JsonNode log = sync(project);
        // Unchanged, it costs nothing of the rate limit.
        assertThat(asked("/commits/.*/check-runs"))
                .containsExactly("/commits/f00d/check-runs?filter=latest&per_page=100 conditional");
        assertThat(stream(log, "check-runs").path("requests").asInt()).isEqualTo(1);
        assertThat(stream(log, "check-runs").path("processed").asInt()).isZero();

        details.put("/commits/f00d/check-runs", DetailsApi.check(1, "f00d", "completed", "success"));
        sync(project);
        assertThat(pull(project, 7).path("checks").path("state").asText()).isEqualTo("success");
        sync(project);
        assertThat(asked("/commits/.*/check-runs")).isEmpty();
    }

    @Test
    void aCancelledCheckIsNoFailedOne() {
        details.pull(7, "f00d", OLD);
        details.pull(8, "beef", OLD);
        details.put(
                "/commits/f00d/check-runs",
                DetailsApi.check(1, "f00d", "completed", "success"),
                DetailsApi.check(2, "f00d", "completed", "cancelled"));
        details.put(
                "/commits/beef/check-runs",
                DetailsApi.check(3, "beef", "completed", "cancelled"),
                DetailsApi.check(4, "beef", "completed", "skipped"));

        long project = collected();

        assertThat(pull(project, 7).path("checks"))
                .isEqualTo(GitHubRows.tree("{\"state\": \"success\", \"total\": 2, \"failed\": 0, \"cancelled\": 1}"));
        assertThat(pull(project, 8).path("checks"))
                .isEqualTo(
                        GitHubRows.tree("{\"state\": \"cancelled\", \"total\": 2, \"failed\": 0, \"cancelled\": 1}"));
    }

    @Test
    void afterAPushMoreChecksMayBegin() {
        String now = Instant.now().minusSeconds(60).toString();
        details.pull(7, "f00d", now);
        long project = collected();

        details.put("/commits/f00d/check-runs", DetailsApi.check(1, "f00d", "completed", "success"));
        sync(project);

        assertThat(pull(project, 7).path("checks").path("total").asInt()).isEqualTo(1);
    }

    @Test
    void aCommitThatGitHubDoesNotKnowIsLeftOut() {
        details.pull(7, "f00d", OLD);
        api.fail("/commits/f00d/check-runs", 100, Reply.status(422, "No commit found for SHA: f00d"));
        long project = collected();

        assertThat(asked("/commits/.*/check-runs")).hasSize(2);
        sync(project);
        assertThat(asked("/commits/.*/check-runs")).isEmpty();
    }

    // Deployments

    @Test
    void deploymentsHaveTheStateOfTheirLastStatus() {
        details.put(
                "/deployments",
                DetailsApi.deployment(1, "test", OLD, OLD),
                DetailsApi.deployment(2, "live", "2026-01-03T00:00:00Z", "2026-01-03T00:00:00Z"));
        details.put("/deployments/1/statuses", DetailsApi.status(11, 1, "success", OLD));
        details.put(
                "/deployments/2/statuses",
                DetailsApi.status(22, 2, "success", "2026-01-03T00:00:00Z"),
                DetailsApi.status(21, 2, "pending", OLD));
        long project = collected();

        assertThat(asked("/deployments"))
                .containsExactly(
                        "/deployments?per_page=100",
                        "/deployments/2/statuses?per_page=100",
                        "/deployments/1/statuses?per_page=100");
        assertThat(listed(project, "github-deployments?environment=live"))
                .isEqualTo(
                        GitHubRows.tree(
                                """
                [{"id": 2, "environment": "live", "ref": "main", "sha": "a", "state": "success", "creator": "octocat",
                  "createdAt": "2026-01-03T00:00:00.000Z", "updatedAt": "2026-01-03T00:00:00.000Z",
                  "url": "https://2.example.com", "repository": "octo/history"}]"""));

        sync(project);
        assertThat(asked("/deployments")).containsExactly("/deployments?per_page=100 conditional");

        // The next one takes the place of the last.
        details.put(
                "/deployments",
                DetailsApi.deployment(1, "test", OLD, OLD),
                DetailsApi.deployment(2, "live", "2026-01-03T00:00:00Z", "2026-01-04T00:00:01Z"),
                DetailsApi.deployment(3, "live", "2026-01-04T00:00:00Z", "2026-01-04T00:00:00Z"));
        details.put("/deployments/2/statuses", DetailsApi.status(23, 2, "inactive", "2026-01-04T00:00:01Z"));
        details.put("/deployments/3/statuses", DetailsApi.status(31, 3, "success", "2026-01-04T00:00:00Z"));
        sync(project);
        assertThat(asked("/deployments"))
                .containsExactly(
                        "/deployments?per_page=100 conditional",
                        "/deployments/3/statuses?per_page=100",
                        "/deployments/2/statuses?per_page=100 conditional");
        assertThat(GitHubRows.texts(listed(project, "github-deployments?environment=live"), "state"))
                .containsExactly("success", "inactive");

        // Of those that ended only the last of each environment is looked at again.
        age(project, "deployment-statuses", "25 hours");
        sync(project);
        assertThat(asked("/deployments/"))
                .containsExactly(
                        "/deployments/3/statuses?per_page=100 conditional",
                        "/deployments/1/statuses?per_page=100 conditional");
    }

    @Test
    void aDeploymentThatGoesOnIsLookedAtAgain() {
        String now = Instant.now().minusSeconds(60).toString();
        details.put("/deployments", DetailsApi.deployment(1, "test", now, now));
        details.put("/deployments/1/statuses", DetailsApi.status(11, 1, "in_progress", now));
        long project = collected();

        sync(project);

        assertThat(asked("/deployments"))
                .containsExactly(
                        "/deployments?per_page=100 conditional", "/deployments/1/statuses?per_page=100 conditional");
    }

    @Test
    void severalThingsThatAreGoneSayNothingOfTheRepository() {
        details.put(
                "/deployments",
                DetailsApi.deployment(1, "one", OLD, OLD),
                DetailsApi.deployment(2, "two", OLD, OLD),
                DetailsApi.deployment(3, "three", OLD, OLD),
                DetailsApi.deployment(4, "four", OLD, OLD));
        api.fail("/deployments/1/statuses", 100, Reply.status(404, "Not Found"));
        api.fail("/deployments/2/statuses", 100, Reply.status(404, "Not Found"));
        api.fail("/deployments/3/statuses", 100, Reply.status(404, "Not Found"));
        api.fail("/deployments/4/statuses", 100, Reply.status(404, "Not Found"));

        JsonNode log = listed(collected(), "github-sync-logs").path(0);

        assertThat(stream(log, "deployment-statuses").path("state").asText()).isEqualTo("completed");
        assertThat(log.path("warnings").toString())
                .contains("deployment-statuses: 4 left out until later", "lacks the permission Deployments: read")
                .doesNotContain("spelling");
    }

    @Test
    void aDeploymentThatIsGoneIsNotAskedForAtEverySync() {
        details.put("/deployments", DetailsApi.deployment(1, "test", OLD, OLD));
        api.fail("/deployments/1/statuses", 100, Reply.status(404, "Not Found"));
        long project = collected();
        assertThat(asked("/deployments/1/statuses")).hasSize(1);

        age(project, "deployment-statuses", "2 hours");
        sync(project);
        assertThat(asked("/deployments/1/statuses")).isEmpty();
        age(project, "deployment-statuses", "23 hours");
        sync(project);
        assertThat(asked("/deployments/1/statuses")).hasSize(1);
    }
}
