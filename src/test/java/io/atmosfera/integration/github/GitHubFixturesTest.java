package io.atmosfera.integration.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.CsvText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Objects that GitHub sent to others, through the mapping and into the tables. */
class GitHubFixturesTest extends GitHubRows {

    private long project;

    @BeforeEach
    void aProject() {
        project = project();
    }

    // DevLake's records, with the rows that DevLake makes of them

    @Test
    void devlakesPullRequestsGiveDevlakesRows() throws IOException {
        Map<String, Map<String, String>> expected = snapshot("_tool_github_pull_requests", "number");
        store(project, REPOSITORY, "pulls", null, records("_raw_github_api_pull_requests", any -> true));
        int compared = 0;
        for (Map<String, Object> row : rows("github_pulls")) {
            Map<String, String> wanted = expected.get(row.get("number").toString());
            if (wanted == null) {
                continue;
            }
            compared++;
            assertThat(row.get("id").toString()).isEqualTo(wanted.get("github_id"));
            for (String same : new String[] {"state", "title", "merge_commit_sha", "head_ref", "base_ref"}) {
                assertThat(text(row.get(same))).as(same).isEqualTo(wanted.get(same));
            }
            assertThat(text(row.get("author"))).isEqualTo(wanted.get("author_name"));
            assertThat(text(row.get("head_sha"))).isEqualTo(wanted.get("head_commit_sha"));
            assertThat(text(row.get("base_sha"))).isEqualTo(wanted.get("base_commit_sha"));
            assertThat(text(row.get("html_url"))).isEqualTo(wanted.get("url"));
            assertThat(Boolean.TRUE.equals(row.get("draft")))
                    .isEqualTo(wanted.get("is_draft").equals("1"));
            same(row, "created_at", wanted.get("github_created_at"));
            same(row, "updated_at", wanted.get("github_updated_at"));
            same(row, "closed_at", wanted.get("closed_at"));
            same(row, "merged_at", wanted.get("merged_at"));
        }
        assertThat(compared).isGreaterThan(20);
    }

    @Test
    void devlakesIssuesGiveDevlakesRows() throws IOException {
        Map<String, Map<String, String>> expected = snapshot("_tool_github_issues", "number");
        JsonNode records = records("_raw_github_api_issues", any -> true);
        store(project, REPOSITORY, "issues", null, records);
        List<Map<String, Object>> rows = rows("github_issues");
        long issues = stream(records)
                .filter(issue -> !issue.has("pull_request"))
                .map(issue -> issue.path("number").asLong())
                .distinct()
                .count();
        assertThat(rows).hasSize((int) issues);
        int compared = 0;
        for (Map<String, Object> row : rows) {
            Map<String, String> wanted = expected.get(row.get("number").toString());
            if (wanted == null) {
                continue;
            }
            compared++;
            assertThat(row.get("id").toString()).isEqualTo(wanted.get("github_id"));
            assertThat(row.get("state")).isEqualTo(wanted.get("state"));
            assertThat(row.get("title")).isEqualTo(wanted.get("title"));
            assertThat(text(row.get("author"))).isEqualTo(wanted.get("author_name"));
            assertThat(text(row.get("html_url"))).isEqualTo(wanted.get("url"));
            same(row, "created_at", wanted.get("github_created_at"));
            same(row, "updated_at", wanted.get("github_updated_at"));
            same(row, "closed_at", wanted.get("closed_at"));
        }
        assertThat(compared).isGreaterThan(10);
    }

    @Test
    void devlakesReviewsGiveDevlakesRows() throws IOException {
        Map<String, Map<String, String>> expected = snapshot("_tool_github_pull_request_reviews", "github_id");
        store(project, REPOSITORY, "pull-reviews", null, records("_raw_github_api_pull_request_reviews", any -> true));
        int compared = 0;
        for (Map<String, Object> row : rows("github_reviews")) {
            Map<String, String> wanted = expected.get(row.get("id").toString());
            if (wanted == null) {
                continue;
            }
            compared++;
            assertThat(text(row.get("reviewer"))).isEqualTo(wanted.get("author_username"));
            assertThat(text(row.get("state"))).isEqualToIgnoringCase(wanted.get("state"));
            assertThat(text(row.get("commit_sha"))).isEqualTo(wanted.get("commit_sha"));
            same(row, "submitted_at", wanted.get("github_submit_at"));
        }
        assertThat(compared).isGreaterThan(10);
    }

    @Test
    void devlakesCommitsOfPullRequestsGiveDevlakesRows() throws IOException {
        Map<String, Map<String, String>> expected = snapshot("_tool_github_commits", "sha");
        for (JsonNode record : read("_raw_github_api_pull_request_commits")) {
            store(
                    project,
                    REPOSITORY,
                    "pull-commits",
                    record.path("input").path("Number").asLong(),
                    JSON.createArrayNode().add(record.path("data")));
        }
        int compared = 0;
        for (Map<String, Object> row : rows("github_commits")) {
            Map<String, String> wanted = expected.get(row.get("sha").toString());
            if (wanted == null) {
                continue;
            }
            compared++;
            for (String same : new String[] {"author_name", "author_email", "committer_name", "committer_email"}) {
                assertThat(text(row.get(same))).as(same).isEqualTo(wanted.get(same));
            }
            same(row, "authored_at", wanted.get("authored_date"));
            same(row, "committed_at", wanted.get("committed_date"));
        }
        assertThat(compared).isGreaterThan(20);
        assertThat(count("github_pull_commits WHERE project_id = ?", project)).isGreaterThan(20);
    }

    @Test
    void devlakesRunsGiveDevlakesRows() throws IOException {
        Map<String, Map<String, String>> expected = snapshot("_tool_github_runs", "id");
        store(project, REPOSITORY, "workflow-runs", null, records("_raw_github_api_runs", any -> true));
        int compared = 0;
        for (Map<String, Object> row : rows("github_workflow_runs")) {
            Map<String, String> wanted = expected.get(row.get("id").toString());
            if (wanted == null) {
                continue;
            }
            compared++;
            for (String same : new String[] {
                "name", "event", "status", "conclusion", "run_number", "run_attempt", "workflow_id", "html_url"
            }) {
                assertThat(text(row.get(same))).as(same).isEqualTo(wanted.get(same));
            }
            assertThat(text(row.get("branch"))).isEqualTo(wanted.get("head_branch"));
            assertThat(text(row.get("sha"))).isEqualTo(wanted.get("head_sha"));
            same(row, "created_at", wanted.get("github_created_at"));
            same(row, "updated_at", wanted.get("github_updated_at"));
            same(row, "started_at", wanted.get("run_started_at"));
        }
        assertThat(compared).isPositive();
    }

    // Answers of the API

    @Test
    void everyRecordedAnswerIsStored() throws IOException {
        int pulls = all(
                "pulls",
                object -> object.has("number") && object.has("head") && object.hasNonNull("updated_at"),
                "github_pulls",
                "number");
        int commits = all(
                "commits",
                object -> object.hasNonNull("sha") && object.path("commit").has("message"),
                "github_commits",
                "sha");
        int issues = all(
                "issues",
                object -> object.has("number")
                        && object.has("comments_url")
                        && object.has("labels_url")
                        && !object.has("pull_request"),
                "github_issues",
                "number");
        int tags = all("tags", object -> object.has("zipball_url") && object.has("commit"), "github_tags", "name");
        int branches = all(
                "branches",
                object -> object.hasNonNull("name")
                        && object.has("protected")
                        && object.path("commit").has("sha"),
                "github_branches",
                "name");
        int releases =
                all("releases", object -> object.has("tag_name") && object.has("assets_url"), "github_releases", "id");
        int runs = all(
                "workflow-runs",
                object -> object.has("workflow_id") && object.has("run_number"),
                "github_workflow_runs",
                "id");
        int checks = all(
                "check-runs",
                object -> object.has("check_suite") && object.has("head_sha") && object.has("external_id"),
                "github_check_runs",
                "id");
        int deployments = all(
                "deployments",
                object -> object.has("statuses_url") && object.has("environment") && object.has("ref"),
                "github_deployments",
                "id");
        int repositories = all(
                "repository",
                object -> object.has("full_name") && object.has("default_branch"),
                "github_repositories",
                "repository_id");
        int files =
                all("pull-files", object -> object.has("filename") && object.has("patch"), "github_pull_files", "path");
        assertThat(List.of(
                        pulls,
                        commits,
                        issues,
                        tags,
                        branches,
                        releases,
                        runs,
                        checks,
                        deployments,
                        repositories,
                        files))
                .allSatisfy(found -> assertThat(found).isPositive());
        assertThat(commits).isGreaterThan(40);
    }

    /** Stores all recorded objects of a kind and finds a row for each key. */
    private int all(String stream, Predicate<JsonNode> kind, String table, String key) throws IOException {
        Map<String, JsonNode> found = new HashMap<>();
        String field = Map.of("github_repositories", "id", "github_pull_files", "filename")
                .getOrDefault(table, key);
        try (Stream<Path> files = Files.walk(fixture("github-rest/hub4j"))) {
            for (Path file : files.filter(path -> !path.toString().contains("rate_limit") // templates
                            && path.toString().contains("__files")
                            && path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                collect(read(file), kind, field, found);
            }
        }
        ArrayNode objects = JSON.createArrayNode().addAll(found.values());
        Counts counts = store(project, REPOSITORY, stream, 1, objects);
        assertThat(counts.created()).as(stream).isEqualTo(found.size());
        assertThat(store(project, REPOSITORY, stream, 1, objects).unchanged())
                .as(stream)
                .isEqualTo(found.size());
        assertThat(jdbc.sql("SELECT " + key + "::text FROM " + table + " WHERE project_id = ?")
                        .param(project)
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrderElementsOf(found.keySet());
        return found.size();
    }

    private static void collect(JsonNode node, Predicate<JsonNode> kind, String key, Map<String, JsonNode> found) {
        if (node.isObject() && kind.test(node)) {
            found.put(node.path(key).asText(), node);
        }
        // What stands inside of objects is cut down; lists and the lists in answers are not.
        if (node.isArray()) {
            node.forEach(member -> collect(member, kind, key, found));
        } else if (node.has("total_count") || node.has("files")) {
            node.forEach(member -> {
                if (member.isArray()) {
                    collect(member, kind, key, found);
                }
            });
        }
    }

    // Records and snapshots

    private List<Map<String, Object>> rows(String table) {
        return jdbc.sql("SELECT * FROM " + table + " WHERE project_id = ?")
                .param(project)
                .query()
                .listOfRows();
    }

    private static void same(Map<String, Object> row, String column, @Nullable String wanted) {
        Object value = row.get(column);
        assertThat(value == null ? null : ((java.sql.Timestamp) value).toInstant())
                .as(column)
                .isEqualTo(
                        wanted == null || wanted.isEmpty()
                                ? null
                                : OffsetDateTime.parse(wanted).toInstant());
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        List<JsonNode> all = new ArrayList<>();
        array.forEach(all::add);
        return all.stream();
    }

    private static List<ObjectNode> read(String records) throws IOException {
        try (Stream<String> lines = Files.lines(fixture("devlake-github/records/" + records + ".jsonl"))) {
            return lines.map(line -> (ObjectNode) tree(line)).toList();
        }
    }

    private static ArrayNode records(String file, Predicate<JsonNode> which) throws IOException {
        ArrayNode array = JSON.createArrayNode();
        read(file).stream().map(record -> record.path("data")).filter(which).forEach(array::add);
        return array;
    }

    private static Map<String, Map<String, String>> snapshot(String table, String key) throws IOException {
        Map<String, Map<String, String>> rows = new HashMap<>();
        for (Map<String, String> row : CsvText.rows(fixture("devlake-github/snapshot_tables/" + table + ".csv"))) {
            rows.put(String.valueOf(row.get(key)), row);
        }
        return rows;
    }
}
