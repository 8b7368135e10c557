package io.atmosfera.integration.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.CsvText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What GitHub said of single things to others, through the mapping and into what clients read. */
class GitHubDetailsFixturesTest extends GitHubRows {

    private static final String RECORDED = "github-rest/hub4j/";

    private long project;

    @BeforeEach
    void aProject() {
        project = project();
    }

    @Test
    void recordedPagesOfCheckRunsAreTheChecksOfTheirCommit() throws IOException {
        Map<Long, JsonNode> runs = new TreeMap<>();
        try (Stream<Path> pages = Files.list(fixture(RECORDED + "GHRepositoryTest/getCheckRuns/__files"))) {
            for (Path page : pages.filter(path -> path.toString().endsWith("check-runs.json"))
                    .sorted()
                    .toList()) {
                JsonNode answer = read(page);
                store(project, REPOSITORY, "check-runs", null, answer);
                answer.path("check_runs").forEach(run -> runs.put(run.path("id").asLong(), run));
            }
        }
        List<Map<String, Object>> rows = jdbc.sql("SELECT id, name, sha, status, conclusion, html_url, app,"
                        + " iso(started_at) AS started, iso(completed_at) AS completed FROM github_check_runs"
                        + " WHERE project_id = ?")
                .param(project)
                .query()
                .listOfRows();

        assertThat(rows).hasSize(runs.size()).hasSize(8);
        for (Map<String, Object> row : rows) {
            JsonNode run = runs.get(((Number) row.get("id")).longValue());
            for (String same : new String[] {"name", "status", "conclusion", "html_url"}) {
                assertThat(row.get(same)).as(same).isEqualTo(run.path(same).asText());
            }
            assertThat(row.get("sha")).isEqualTo(run.path("head_sha").asText());
            assertThat(row.get("app")).isEqualTo(run.path("app").path("slug").asText());
            assertThat(row.get("started").toString().replace(".000Z", "Z"))
                    .isEqualTo(run.path("started_at").asText());
            assertThat(row.get("completed").toString().replace(".000Z", "Z"))
                    .isEqualTo(run.path("completed_at").asText());
        }
        String sha = runs.values().iterator().next().path("head_sha").asText();
        long failed = runs.values().stream()
                .filter(run -> run.path("conclusion").asText().equals("failure"))
                .count();
        assertThat(tree(jdbc.sql("SELECT github_checks(?, ?, ?)::text")
                        .params(project, REPOSITORY, sha)
                        .query(String.class)
                        .single()))
                .isEqualTo(tree("{\"state\": \"%s\", \"total\": 8, \"failed\": %d}"
                        .formatted(failed == 0 ? "success" : "failure", failed)));
    }

    @Test
    void recordedReviewsThatNobodySubmittedAreLeftOut() {
        JsonNode pending =
                read(fixture(RECORDED + "GHPullRequestTest/pullRequestReviews/__files/7-r_h_g_pulls_482_reviews.json"));
        store(project, REPOSITORY, "pull-reviews", 482, pending);
        assertThat(count("github_reviews WHERE project_id = ?", project)).isZero();
    }

    @Test
    void recordedProtectionSaysWhatItAllows() {
        store(project, "branches", array("{\"name\": \"main\", \"commit\": {\"sha\": \"a\"}, \"protected\": true}"));
        store(
                project,
                REPOSITORY,
                "branch-protection",
                "main",
                read(fixture(RECORDED
                        + "GHBranchProtectionTest/testGetProtection/__files/6-r_h_t_branches_main_protection.json")));
        JsonNode shown = list(project, "github-branches").path(0).path("protection");
        assertThat(shown.path("forcePushes").asBoolean()).isFalse();
        assertThat(shown.path("deletions").asBoolean()).isFalse();

        for (JsonNode exchange :
                read(fixture("github-rest/octokit-fixtures/branch-protection/normalized-fixture.json"))) {
            JsonNode answer = exchange.path("response");
            if (exchange.path("status").asInt() == 200) {
                store(project, REPOSITORY, "branch-protection", "main", answer);
            }
        }
        assertThat(texts(list(project, "github-branches")
                        .path(0)
                        .path("protection")
                        .path("requiredChecks")))
                .containsExactly("foo/bar");
    }

    @Test
    void recordedDeploymentsKeepTheirPayloadWhateverItsForm() {
        store(
                project,
                REPOSITORY,
                "deployments",
                null,
                read(fixture(RECORDED + "AppTest/testCreateAndListDeployments/__files/4-r_h_g_deployments.json")));
        store(
                project,
                REPOSITORY,
                "deployments",
                null,
                JSON.createArrayNode()
                        .add(
                                read(
                                        fixture(
                                                RECORDED
                                                        + "GHDeploymentTest/testGetDeploymentByIdObjectPayload/__files/3-r_h_g_deployments_178653229.json"))));
        assertThat(jdbc.sql("SELECT coalesce(payload ->> 'user', payload ->> 'custom2') FROM github_deployments"
                                + " WHERE project_id = ? ORDER BY id")
                        .param(project)
                        .query(String.class)
                        .list())
                .containsExactly("two", "atmos");
        assertThat(texts(list(project, "github-deployments"), "environment")).containsExactly("unittest", "production");
    }

    @Test
    void recordedStatusesSayTheStateAndMoveTheirDeployment() {
        for (int i : new int[] {0, 2, 3}) {
            JsonNode event = read(fixture("github/deployment_status." + i + ".payload.json"));
            JsonNode deployment = event.path("deployment");
            JsonNode status = event.path("deployment_status");
            store(
                    project,
                    REPOSITORY,
                    "deployments",
                    null,
                    JSON.createArrayNode().add(deployment));
            store(
                    project,
                    REPOSITORY,
                    "deployment-statuses",
                    null,
                    JSON.createArrayNode().add(status));
            assertThat(row(
                            "SELECT state FROM github_deployments WHERE project_id = ? AND id = ?",
                            project,
                            deployment.path("id").asLong()))
                    .isEqualTo(Map.of("state", status.path("state").asText()));
            // What the stream of statuses is built upon.
            assertThat(deployment.path("updated_at").asText())
                    .isGreaterThanOrEqualTo(status.path("created_at").asText());
        }
    }

    @Test
    void devlakesCommitsOfPullRequestsBelongToThem() throws IOException {
        Map<Long, Long> ids = new HashMap<>();
        Set<String> stored = new TreeSet<>();
        try (Stream<String> lines =
                Files.lines(fixture("devlake-github/records/_raw_github_api_pull_request_commits.jsonl"))) {
            for (String line : lines.toList()) {
                JsonNode record = tree(line);
                long number = record.path("input").path("Number").asLong();
                ids.put(number, record.path("input").path("GithubId").asLong());
                store(
                        project,
                        REPOSITORY,
                        "pull-commits",
                        number,
                        JSON.createArrayNode().add(record.path("data")));
            }
        }
        jdbc.sql("SELECT pull_number, sha FROM github_pull_commits WHERE project_id = ?")
                .param(project)
                .query(row -> {
                    stored.add(ids.get(row.getLong("pull_number")) + " " + row.getString("sha"));
                });
        Set<String> wanted = new TreeSet<>();
        for (Map<String, String> row :
                CsvText.rows(fixture("devlake-github/snapshot_tables/_tool_github_pull_request_commits.csv"))) {
            wanted.add(row.get("pull_request_id") + " " + row.get("commit_sha"));
        }
        assertThat(wanted).hasSizeGreaterThan(20);
        assertThat(stored).containsAll(wanted);
    }
}
