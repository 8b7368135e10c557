package io.atmosfera.integration.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What GitHub's events bring whole is stored as it would be by a sync. */
class GitHubObjectsTest extends GitHubRows {

    private static final String ZEROS = "0".repeat(40);
    private static final String HEAD = "a".repeat(40);
    private static final String NEXT = "b".repeat(40);

    private final List<Map<String, Object>> events = new ArrayList<>();
    private long project;

    @BeforeEach
    void aProject() {
        project = project();
    }

    @Test
    void aPullRequestIsStoredUnlessItIsOlder() {
        ticket(project, 1, "PROJ-1");
        happened(
                "pull_request",
                "{\"action\": \"edited\", \"pull_request\": " + pull(1, "PROJ-1 late", "2026-01-03T00:00:00Z") + "}");
        happened(
                "pull_request",
                "{\"action\": \"opened\", \"pull_request\": " + pull(1, "early", "2026-01-02T00:00:00Z") + "}");
        assertThat(applied()).containsOnly("processed");

        assertThat(list(project, "github-pulls").path(0).path("title").asText()).isEqualTo("PROJ-1 late");
        assertThat(texts(list(project, "github-pulls").path(0).path("jiraKeys")))
                .containsExactly("PROJ-1");
        assertThat(work()).isZero();
    }

    @Test
    void aPushBringsItsCommitsAndMovesItsBranch() {
        happened("push", push("refs/heads/PROJ-1-x", ZEROS, HEAD, "\"created\": true", pushed(HEAD)));
        happened("push", push("refs/heads/PROJ-1-x", HEAD, NEXT, "\"forced\": false", pushed(NEXT)));
        happened("push", push("refs/tags/v1", ZEROS, NEXT, "\"head_commit\": {\"id\": \"" + HEAD + "\"}"));
        assertThat(applied()).containsOnly("processed");

        assertThat(texts(list(project, "github-commits"), "sha")).containsExactlyInAnyOrder(HEAD, NEXT);
        assertThat(list(project, "github-branches").path(0).path("sha").asText())
                .isEqualTo(NEXT);
        assertThat(row("SELECT name, sha FROM github_tags WHERE project_id = ?", project))
                .isEqualTo(Map.of("name", "v1", "sha", HEAD));
        assertThat(work()).isZero();
    }

    @Test
    void aForcedPushAlsoAsksForAnotherWalk() {
        happened("push", push("refs/heads/main", HEAD, NEXT, "\"forced\": true", pushed(NEXT)));
        assertThat(applied()).containsOnly("processed");
        assertThat(list(project, "github-branches").path(0).path("sha").asText())
                .isEqualTo(NEXT);
        assertThat(work()).isEqualTo(1);
    }

    @Test
    void whatIsDeletedIsRemoved() {
        happened("push", push("refs/heads/one", ZEROS, HEAD, "\"created\": true", pushed(HEAD)));
        happened("push", push("refs/heads/one", HEAD, ZEROS, "\"deleted\": true, \"head_commit\": null"));
        happened("push", push("refs/heads/two", ZEROS, HEAD, "\"created\": true"));
        happened("delete", "{\"ref\": \"two\", \"ref_type\": \"branch\"}");
        happened("push", push("refs/tags/v1", ZEROS, HEAD, "\"created\": true"));
        happened("delete", "{\"ref\": \"v1\", \"ref_type\": \"tag\"}");
        happened("issues", issue("opened"));
        happened("issues", issue("transferred"));
        happened("release", "{\"action\": \"published\", \"release\": {\"id\": 4, \"tag_name\": \"v1\"}}");
        happened("release", "{\"action\": \"deleted\", \"release\": {\"id\": 4, \"tag_name\": \"v1\"}}");
        assertThat(applied()).containsOnly("processed");

        assertThat(list(project, "github-branches")).isEmpty();
        assertThat(count("github_tags WHERE project_id = ?", project)).isZero();
        assertThat(list(project, "github-issues")).isEmpty();
        assertThat(list(project, "github-releases")).isEmpty();
        // Commits stay.
        assertThat(list(project, "github-commits")).hasSize(1);
    }

    @Test
    void whatWasCreatedIsThereButAskedFor() {
        happened("create", "{\"ref\": \"PROJ-1-new\", \"ref_type\": \"branch\", \"master_branch\": \"main\"}");
        happened("create", "{\"ref\": \"v2\", \"ref_type\": \"tag\"}");
        assertThat(applied()).containsOnly("processed");
        assertThat(list(project, "github-branches").path(0).path("name").asText())
                .isEqualTo("PROJ-1-new");
        assertThat(list(project, "github-branches").path(0).path("sha").isNull())
                .isTrue();
        assertThat(count("github_tags WHERE project_id = ?", project)).isEqualTo(1);
        assertThat(work()).isEqualTo(2);
    }

    @Test
    void theOthersAreStoredToo() {
        happened("pull_request", "{\"pull_request\": " + pull(1, "One", "2026-01-03T00:00:00Z") + "}");
        happened(
                "pull_request_review",
                """
                {"action": "submitted", "review": {"id": 1, "user": null, "state": "approved", "submitted_at": "2026-01-01T00:00:00Z",
                 "pull_request_url": "https://api.github.com/repos/octo/hello/pulls/1"}}""");
        happened(
                "workflow_run",
                """
                {"workflow_run": {"id": 9, "name": "CI", "event": "push", "status": "queued", "head_branch": "main", "head_sha": "a",
                 "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:07Z"}}""");
        happened(
                "check_run",
                "{\"check_run\": {\"id\": 4, \"name\": \"test\", \"head_sha\": \"a\", \"status\": \"queued\"}}");
        String deployment =
                "\"deployment\": {\"id\": 3, \"sha\": \"a\", \"created_at\": \"2026-01-01T00:00:00Z\", \"updated_at\": \"2026-01-01T00:00:00Z\"}";
        happened("deployment", "{" + deployment + "}");
        happened(
                "deployment_status",
                "{" + deployment
                        + """
                , "deployment_status": {"id": 2, "state": "success", "created_at": "2026-01-01T00:00:00Z",
                 "deployment_url": "https://api.github.com/repos/octo/hello/deployments/3"}}""");
        happened("repository", "{\"action\": \"archived\"}");
        assertThat(applied()).containsOnly("processed");

        assertThat(list(project, "github-pulls").path(0).path("reviewDecision").asText())
                .isEqualTo("approved");
        assertThat(list(project, "github-workflow-runs").path(0).path("status").asText())
                .isEqualTo("queued");
        assertThat(count("github_check_runs WHERE project_id = ?", project)).isEqualTo(1);
        assertThat(row("SELECT state FROM github_deployments WHERE project_id = ?", project))
                .isEqualTo(Map.of("state", "success"));
        assertThat(row("SELECT full_name FROM github_repositories WHERE project_id = ?", project))
                .isEqualTo(Map.of("full_name", "octo/hello"));
        assertThat(work()).isEqualTo(1);
    }

    @Test
    void whatIsNotWholeIsKeptAsWork() {
        happened("pull_request", "{\"pull_request\": {\"number\": 1}}");
        happened("push", "{\"ref\": \"refs/notes/x\", \"after\": \"" + HEAD + "\"}");
        happened("issues", "{\"action\": \"deleted\", \"issue\": {}}");
        // As GitHub once sent an unpinned issue: without its state.
        happened(
                "issues",
                "{\"action\": \"unpinned\", \"issue\": {\"number\": 5, \"id\": 5, \"updated_at\": \"2026-01-01T00:00:00Z\"}}");
        assertThat(applied()).containsOnly("processed");
        assertThat(work()).isEqualTo(4);
    }

    @Test
    void everyRecordedPayloadIsApplied() {
        List<String> types = List.of(
                "push",
                "create",
                "delete",
                "pull_request",
                "pull_request_review",
                "issues",
                "release",
                "workflow_run",
                "check_run",
                "deployment",
                "deployment_status",
                "repository");
        for (String type : types) {
            for (int n = 0; n < 40; n++) {
                var file = fixture("github").resolve(type + "." + n + ".payload.json");
                if (file.toFile().exists()) {
                    events.add(event(type, read(file)));
                }
            }
        }
        assertThat(events).hasSizeGreaterThan(80);

        assertThat(applied()).containsOnly("processed");

        for (Map<String, Object> event : events) {
            JsonNode payload = (JsonNode) event.get("payload");
            switch (event.get("eventType").toString()) {
                case "pull_request" ->
                    there("github_pulls", "number", payload.path("pull_request").path("number"));
                case "issues" -> {
                    String action = payload.path("action").asText();
                    if (!action.equals("deleted")
                            && !action.equals("transferred")
                            && !payload.path("issue").has("pull_request")) {
                        assertThat(payload.path("issue").path("number").isIntegralNumber())
                                .isTrue();
                    }
                }
                case "workflow_run" ->
                    there(
                            "github_workflow_runs",
                            "id",
                            payload.path("workflow_run").path("id"));
                case "check_run" ->
                    there("github_check_runs", "id", payload.path("check_run").path("id"));
                case "deployment" ->
                    there("github_deployments", "id", payload.path("deployment").path("id"));
                case "deployment_status" ->
                    assertThat(count("github_deployments WHERE project_id = ? AND state IS NOT NULL", project))
                            .isPositive();
                case "pull_request_review" ->
                    there("github_reviews", "id", payload.path("review").path("id"));
                case "repository" ->
                    there(
                            "github_repositories",
                            "repository_id",
                            payload.path("repository").path("id"));
                default -> {
                    for (JsonNode commit : payload.path("commits")) {
                        assertThat(count(
                                        "github_commits WHERE project_id = ? AND sha = ?",
                                        project,
                                        commit.path("id").asText()))
                                .isEqualTo(1);
                    }
                }
            }
        }
    }

    private void there(String table, String column, JsonNode id) {
        assertThat(count(table + " WHERE project_id = ? AND " + column + " = ?", project, id.asLong()))
                .as(table + " " + id)
                .isPositive();
    }

    // Events

    private void happened(String type, String payload) {
        ObjectNode whole = (ObjectNode) tree(payload);
        if (!whole.has("repository")) {
            whole.putObject("repository")
                    .put("id", REPOSITORY)
                    .put("full_name", "octo/hello")
                    .put("pushed_at", 1_760_000_000 + events.size());
        }
        events.add(event(type, whole));
    }

    private Map<String, Object> event(String type, JsonNode payload) {
        long id = -1000 * project - events.size();
        return Map.of(
                "id",
                id,
                "projectId",
                project,
                "eventType",
                type,
                "action",
                "x",
                "entity",
                "github/x",
                "traceId",
                "t",
                "payload",
                payload);
    }

    private List<String> applied() {
        Object outcomes = camel.requestBody("direct:github-events-by-type", events);
        return ((Map<?, ?>) outcomes).values().stream().map(String::valueOf).toList();
    }

    private long work() {
        return count("github_pending_work WHERE project_id = ?", project);
    }

    private static String push(String ref, String before, String after, String more, String... commits) {
        return "{\"ref\": \"%s\", \"before\": \"%s\", \"after\": \"%s\", %s, \"commits\": %s}"
                .formatted(ref, before, after, more, array(commits));
    }

    private static String pushed(String sha) {
        return "{\"id\": \"%s\", \"message\": \"A commit\", \"timestamp\": \"2026-01-02T02:00:00+02:00\", \"author\": {\"name\": \"Mona\"}}"
                .formatted(sha);
    }

    private static String issue(String action) {
        return """
                {"action": "%s", "issue": {"id": 5, "number": 5, "title": "PROJ-1", "state": "open",
                 "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z"}}"""
                .formatted(action);
    }
}
