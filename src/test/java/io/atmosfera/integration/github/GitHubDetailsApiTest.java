package io.atmosfera.integration.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of single things, as clients read it. */
class GitHubDetailsApiTest extends GitHubRows {

    private static final String REPOSITORIES = "{\"id\": %d, \"full_name\": \"%s\", \"default_branch\": \"main\"}";

    private long project;

    @BeforeEach
    void aRepository() {
        project = project();
        store(project, "repository", REPOSITORIES.formatted(REPOSITORY, "octo/hello"));
    }

    private String path(String what) {
        return "/api/projects/" + project + "/" + what;
    }

    @Test
    void aPullRequestIsShownWithAllThatIsKnownOfIt() {
        ticket(project, 1, "PROJ-1");
        store(
                project,
                "pulls",
                array(
                        pull(
                                7,
                                "PROJ-1",
                                "2026-01-02T00:00:00Z",
                                "work",
                                """
                {"body": "Why", "draft": true, "assignees": [{"login": "ann"}], "requested_reviewers": [{"login": "bob"}],
                 "milestone": {"title": "M1"}}""")));

        JsonNode pull = list(project, "github-pulls/7");

        assertThat(pull)
                .isEqualTo(
                        tree(
                                """
                {"number": 7, "title": "PROJ-1", "body": "Why", "state": "open", "draft": true,
                 "createdAt": "2026-01-01T00:00:00.000Z", "updatedAt": "2026-01-02T00:00:00.000Z", "closedAt": null,
                 "mergedAt": null, "mergedBy": null, "mergeCommitSha": null, "author": "octocat", "labels": [],
                 "assignees": ["ann"], "requestedReviewers": ["bob"], "milestone": "M1", "headRef": "work",
                 "headSha": "aaaa7", "headRepository": null, "baseRef": "main", "reviewDecision": null, "additions": null,
                 "deletions": null, "changedFiles": null, "commitsCount": null, "filesTruncated": false, "comments": null, "jiraKeys": ["PROJ-1"],
                 "repository": "octo/hello", "url": "https://github.com/octo/hello/pull/7", "detailsAt": null,
                 "reviews": [], "files": [], "commits": [], "checks": null, "checkRuns": []}"""));
    }

    @Test
    void ofChecksTheLastAttemptCounts() {
        store(project, "pulls", array(pull(7, "Seven", "2026-01-02T00:00:00Z")));
        String check =
                """
                {"id": %d, "name": "%s", "head_sha": "aaaa7", "status": "%s", "conclusion": %s,
                 "started_at": "2026-01-01T00:0%d:00Z", "check_suite": {"id": 1}}""";
        store(
                project,
                "check-runs",
                array(
                        check.formatted(1, "build", "completed", "\"failure\"", 1),
                        check.formatted(2, "build", "completed", "\"success\"", 2),
                        check.formatted(3, "lint", "completed", "\"neutral\"", 1)));
        assertThat(list(project, "github-pulls").path(0).path("checks"))
                .isEqualTo(tree("{\"state\": \"success\", \"total\": 2, \"failed\": 0}"));

        store(project, "check-runs", array(check.formatted(4, "lint", "queued", "null", 3)));
        JsonNode pull = list(project, "github-pulls/7");
        assertThat(pull.path("checks")).isEqualTo(tree("{\"state\": \"pending\", \"total\": 2, \"failed\": 0}"));
        assertThat(texts(pull.path("checkRuns"), "id")).containsExactly("2", "4");
    }

    @Test
    void aPullRequestOfSeveralRepositoriesHasToBeNamedWithItsOwn() {
        JsonNode pull = tree(array(pull(7, "Seven", "2026-01-02T00:00:00Z")));
        store(project, REPOSITORY, "pulls", null, pull);
        store(project, 4711, "repository", null, tree(REPOSITORIES.formatted(4711, "octo/other")));
        store(project, 4711, "pulls", null, pull);

        Answer ambiguous = get(path("github-pulls/7"));
        assertThat(ambiguous.status()).isEqualTo(400);
        assertThat(ambiguous.text()).contains("say which by repository=owner/name");
        assertThat(list(project, "github-pulls/7?repository=Octo/Other")
                        .path("repository")
                        .asText())
                .isEqualTo("octo/other");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(get(path("github-pulls/8")).status()).isEqualTo(404);
        assertThat(get(path("github-pulls/8")).text()).contains("Pull request 8 does not exist.");
        assertThat(get(path("github-pulls/x")).status()).isEqualTo(400);
    }

    @Test
    void tagsAreShownWithTheDateOfTheirCommit() {
        store(project, "commits", array(commit("c1", "One", "2026-01-02T00:00:00Z")));
        store(
                project,
                "tags",
                array(
                        "{\"name\": \"v1\", \"commit\": {\"sha\": \"c1\"}}",
                        "{\"name\": \"v2\", \"commit\": {\"sha\": \"unknown\"}}"));

        assertThat(list(project, "github-tags"))
                .isEqualTo(
                        tree(
                                """
                [{"name": "v1", "sha": "c1", "date": "2026-01-02T00:00:00.000Z", "repository": "octo/hello"},
                 {"name": "v2", "sha": "unknown", "date": null, "repository": "octo/hello"}]"""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"github-tags?sort=-name", "github-deployments?sort=environment", "github-pulls/7"})
    void allOfItIsForViewers(String what) {
        store(project, "pulls", array(pull(7, "Seven", "2026-01-02T00:00:00Z")));
        assertThat(get(path(what), tokenOf("VIEWER")).status()).isEqualTo(200);
        assertThat(get(path(what), NOBODY).status()).isEqualTo(401);
        assertThat(get("/api/projects/999999999/" + what).status()).isEqualTo(404);
    }
}
