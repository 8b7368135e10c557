package io.atmosfera.integration.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.Answer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was collected from GitHub, as clients read it. */
class GitHubListApiTest extends GitHubRows {

    private long project;

    @BeforeEach
    void aRepository() {
        project = project();
        store(project, "repository", "{\"id\": 1296269, \"full_name\": \"octo/hello\", \"default_branch\": \"main\"}");
    }

    // Commits

    @Test
    void aCommitIsShownWithItsFields() {
        ticket(project, 1, "PROJ-1");
        store(
                project,
                "commits",
                commit("c1", "proj-1: one\n\nAnd UTF-8.", "2026-01-02T03:04:05Z")
                        .replaceFirst(
                                "\\{",
                                """
                {"stats": {"additions": 3, "deletions": 1}, "files": [{"filename": "a", "status": "added", "additions": 3, "deletions": 1}],"""));

        assertThat(list(project, "github-commits").path(0))
                .isEqualTo(
                        tree(
                                """
                {"sha": "c1", "message": "proj-1: one\\n\\nAnd UTF-8.", "author": {"name": "Mona", "email": "mona@example.com"},
                 "date": "2026-01-02T03:04:05.000Z", "committedDate": "2026-01-02T03:04:05.000Z",
                 "changes": {"additions": 3, "deletions": 1, "total": 4, "files": 1}, "reachable": true, "jiraKeys": ["PROJ-1"],
                 "repository": "octo/hello", "url": "https://github.com/c/c1"}"""));
    }

    @Test
    void commitsAreFiltered() {
        String files =
                "{\"stats\": {\"additions\": 1, \"deletions\": 0}, \"files\": [{\"filename\": \"%s\", \"status\": \"added\"}],";
        store(
                project,
                "commits",
                commit("c1", "one", "2026-01-01T00:00:00Z").replaceFirst("\\{", files.formatted("src/a/A.java")));
        store(
                project,
                "commits",
                commit("c2", "two", "2026-01-02T00:00:00Z")
                        .replaceFirst("\\{", files.formatted("src/ab/B.java"))
                        .replace("\"author\":null", "\"author\":{\"login\":\"Mona\"}")
                        .replace("mona@example.com", "m@example.com"));
        store(
                project,
                "commits",
                array(commit("c3", "three", "2026-01-03T00:00:00Z").replace("Mona", "Hubot")));

        assertThat(shas("")).containsExactly("c3", "c2", "c1");
        assertThat(shas("?sort=date")).containsExactly("c1", "c2", "c3");
        assertThat(shas("?since=2026-01-02T00:00:00Z")).containsExactly("c3", "c2");
        assertThat(shas("?author=mona")).containsExactly("c2", "c1");
        assertThat(shas("?author=M@example.com")).containsExactly("c2");
        assertThat(shas("?author=nobody")).isEmpty();
        assertThat(shas("?path=src/a")).containsExactly("c1");
        assertThat(shas("?path=src/")).containsExactly("c2", "c1");
        assertThat(shas("?path=src/ab/B.java")).containsExactly("c2");
        assertThat(shas("?path=src/a%25")).isEmpty();
        assertThat(shas("?repository=Octo/Hello&limit=2")).containsExactly("c3", "c2");
        assertThat(shas("?repository=octo/other")).isEmpty();
    }

    private List<String> shas(String query) {
        return texts(list(project, "github-commits" + query), "sha");
    }

    @Test
    void pagesFollowOneAnother() {
        for (int i = 1; i <= 5; i++) {
            store(project, "pulls", array(pull(i, "Pull " + i, "2026-01-02T00:00:00Z")));
        }
        Answer first = get("/api/projects/" + project + "/github-pulls?limit=3&sort=number");
        assertThat(first.header("X-Total-Count")).isEqualTo("5");
        assertThat(texts(first.json(), "number")).containsExactly("1", "2", "3");
        String next = first.header("Link").replaceAll("<(.*)>.*", "$1");
        assertThat(texts(get(next).json(), "number")).containsExactly("4", "5");
    }

    // Pull requests

    @Test
    void aPullRequestIsShownWithItsFields() {
        ticket(project, 1, "PROJ-1");
        ticket(project, 2, "PROJ-2");
        ticket(project, 3, "PROJ-3");
        store(
                project,
                "pulls",
                array(
                        pull(
                                7,
                                "PROJ-1 title",
                                "2026-01-02T00:00:00Z",
                                "feature/proj-2-x",
                                """
                {"state": "closed", "merged_at": "2026-01-02T00:00:00Z", "closed_at": "2026-01-02T00:00:00Z", "user": null,
                 "labels": [{"name": "b"}, {"name": "a"}]}""")));
        store(project, "pull-commits", 7, array(commit("c1", "PROJ-3 in a commit", "2026-01-01T00:00:00Z")));

        JsonNode pull = list(project, "github-pulls").path(0);

        assertThat(pull)
                .isEqualTo(
                        tree(
                                """
                {"number": 7, "title": "PROJ-1 title", "state": "closed", "draft": false, "createdAt": "2026-01-01T00:00:00.000Z",
                 "updatedAt": "2026-01-02T00:00:00.000Z", "closedAt": "2026-01-02T00:00:00.000Z",
                 "mergedAt": "2026-01-02T00:00:00.000Z", "author": "ghost", "labels": ["a", "b"],
                 "headRef": "feature/proj-2-x", "baseRef": "main", "jiraKeys": ["PROJ-1", "PROJ-2", "PROJ-3"], "testCases": [],
                 "repository": "octo/hello", "url": "https://github.com/octo/hello/pull/7"}"""));
    }

    @Test
    void pullRequestsAreFilteredByState() {
        store(
                project,
                "pulls",
                array(
                        pull(1, "Open", "2026-01-02T00:00:00Z"),
                        pull(2, "Closed", "2026-01-02T00:00:00Z", "x", "{\"state\": \"closed\"}"),
                        pull(
                                3,
                                "Merged",
                                "2026-01-02T00:00:00Z",
                                "x",
                                "{\"state\": \"closed\", \"merged_at\": \"2026-01-02T00:00:00Z\"}")));
        assertThat(numbers("")).containsExactlyInAnyOrder("1", "2", "3");
        assertThat(numbers("?state=all")).hasSize(3);
        assertThat(numbers("?state=open")).containsExactly("1");
        assertThat(numbers("?state=closed")).containsExactlyInAnyOrder("2", "3");
        assertThat(numbers("?state=merged")).containsExactly("3");
        assertThat(get("/api/projects/" + project + "/github-pulls?state=broken")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void pullRequestsAreFilteredByAuthorLabelAndTicket() {
        ticket(project, 1, "PROJ-1");
        store(
                project,
                "pulls",
                array(
                        pull(1, "PROJ-1 one", "2026-01-02T00:00:00Z", "x", "{\"user\": {\"login\": \"Mona\"}}"),
                        pull(2, "Two", "2026-01-02T00:00:00Z", "x", "{\"labels\": [{\"name\": \"bug, old\"}]}")));
        assertThat(numbers("?author=mona")).containsExactly("1");
        assertThat(numbers("?label=bug,%20old")).containsExactly("2");
        assertThat(numbers("?label=bug")).isEmpty();
        assertThat(numbers("?jiraKey=PROJ-1")).containsExactly("1");
        assertThat(numbers("?jiraKey=PROJ-11")).isEmpty();
    }

    private List<String> numbers(String query) {
        return texts(list(project, "github-pulls" + query), "number");
    }

    // The others

    @Test
    void branchesReleasesIssuesAndRunsAreShownWithTheirFields() {
        ticket(project, 1, "PROJ-1");
        store(
                project,
                "branches",
                array(
                        "{\"name\": \"main\", \"commit\": {\"sha\": \"a\"}, \"protected\": true}",
                        "{\"name\": \"x/PROJ-1_y\", \"commit\": {\"sha\": \"b\"}}"));
        store(
                project,
                "releases",
                array(
                        """
                {"id": 1, "tag_name": "v1", "name": "One", "published_at": "2026-01-01T00:00:00Z", "html_url": "https://github.com/r"}""",
                        "{\"id\": 2, \"tag_name\": \"v2\", \"draft\": true, \"prerelease\": true}"));
        store(
                project,
                "issues",
                array(
                        """
                {"id": 5, "number": 5, "title": "As in PROJ-1", "state": "open", "user": {"login": "mona"}, "labels": [],
                 "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z", "html_url": "https://github.com/i"}"""));
        store(
                project,
                "workflow-runs",
                array(
                        """
                {"id": 9, "name": "CI", "event": "push", "status": "completed", "conclusion": "success", "head_branch": "main", "head_sha": "a",
                 "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:07Z", "html_url": "https://github.com/w"}"""));

        assertThat(list(project, "github-branches"))
                .isEqualTo(
                        tree(
                                """
                [{"name": "main", "sha": "a", "protected": true, "protection": null, "default": true, "lastCommitAt": null, "stale": false, "jiraKeys": [], "repository": "octo/hello"},
                 {"name": "x/PROJ-1_y", "sha": "b", "protected": false, "protection": null, "default": false, "lastCommitAt": null, "stale": false, "jiraKeys": ["PROJ-1"], "repository": "octo/hello"}]"""));
        assertThat(list(project, "github-releases"))
                .isEqualTo(
                        tree(
                                """
                [{"tagName": "v1", "name": "One", "draft": false, "prerelease": false, "publishedAt": "2026-01-01T00:00:00.000Z",
                  "repository": "octo/hello", "url": "https://github.com/r"},
                 {"tagName": "v2", "name": null, "draft": true, "prerelease": true, "publishedAt": null, "repository": "octo/hello", "url": null}]"""));
        assertThat(list(project, "github-issues"))
                .isEqualTo(
                        tree(
                                """
                [{"number": 5, "title": "As in PROJ-1", "state": "open", "author": "mona", "labels": [], "createdAt": "2026-01-01T00:00:00.000Z",
                  "updatedAt": "2026-01-01T00:00:00.000Z", "jiraKeys": ["PROJ-1"], "repository": "octo/hello", "url": "https://github.com/i"}]"""));
        assertThat(list(project, "github-workflow-runs"))
                .isEqualTo(
                        tree(
                                """
                [{"id": 9, "name": "CI", "event": "push", "status": "completed", "conclusion": "success", "branch": "main", "sha": "a",
                  "startedAt": "2026-01-01T00:00:00.000Z", "durationMs": 7000, "attempt": 1, "repository": "octo/hello",
                  "url": "https://github.com/w"}]"""));
        for (String hit : List.of("name=CI", "branch=main", "event=push", "outcome=success")) {
            assertThat(list(project, "github-workflow-runs?" + hit)).as(hit).hasSize(1);
            assertThat(list(project, "github-workflow-runs?" + hit + "x"))
                    .as(hit)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "github-commits?sort=date",
                "github-pulls?sort=-mergedAt",
                "github-branches?sort=-name",
                "github-releases?sort=tagName",
                "github-issues?sort=-number",
                "github-workflow-runs?sort=-durationMs"
            })
    void everyListIsForViewersAndSaysWhatIsWrong(String list) {
        assertThat(get("/api/projects/" + project + "/" + list, tokenOf("VIEWER"))
                        .status())
                .isEqualTo(200);
        assertThat(get("/api/projects/" + project + "/" + list, NOBODY).status())
                .isEqualTo(401);
        assertThat(get("/api/projects/999999999/" + list).status()).isEqualTo(404);
        assertThat(get("/api/projects/" + project + "/" + list.replaceAll("=.*", "=wrong"))
                        .status())
                .isEqualTo(400);
    }

    // The ticket

    @Test
    void aTicketHasItsPullRequestsAndCommits() {
        long ticket = ticket(project, 1, "NEW-1");
        formerKey(project, ticket, "OLD-1");
        store(
                project,
                "pulls",
                array(
                        pull(1, "OLD-1 by the former key", "2026-01-02T00:00:00Z"),
                        pull(2, "By a commit", "2026-01-03T00:00:00Z"),
                        pull(3, "NEW-10 is another", "2026-01-03T00:00:00Z")));
        store(project, "pull-commits", 2, array(commit("c1", "new-1", "2026-01-01T00:00:00Z")));
        store(project, "commits", array(commit("c2", "Nothing", "2026-01-01T00:00:00Z")));

        JsonNode shown = list(project, "jira-tickets/old-1");

        assertThat(texts(shown.path("pullRequests"), "number")).containsExactly("2", "1");
        assertThat(shown.path("pullRequests").path(1))
                .isEqualTo(
                        tree(
                                """
                {"repository": "octo/hello", "number": 1, "title": "OLD-1 by the former key", "state": "open", "draft": false,
                 "author": "octocat", "updatedAt": "2026-01-02T00:00:00.000Z", "mergedAt": null,
                 "url": "https://github.com/octo/hello/pull/1"}"""));
        assertThat(shown.path("commits"))
                .isEqualTo(
                        tree(
                                """
                [{"repository": "octo/hello", "sha": "c1", "message": "new-1", "date": "2026-01-01T00:00:00.000Z", "author": "Mona",
                  "reachable": false, "url": "https://github.com/c/c1"}]"""));
        assertThat(texts(list(project, "github-pulls?sort=number").path(0).path("jiraKeys")))
                .containsExactly("NEW-1");
    }

    @Test
    void aTicketThatComesLaterIsLinkedAllTheSame() {
        store(project, "pulls", array(pull(1, "PROJ-1", "2026-01-02T00:00:00Z")));
        assertThat(list(project, "github-pulls").path(0).path("jiraKeys")).isEmpty();

        long ticket = ticket(project, 1, "PROJ-1");
        assertThat(texts(list(project, "github-pulls").path(0).path("jiraKeys")))
                .containsExactly("PROJ-1");

        // A key that another ticket bears now is no longer the former one's.
        jdbc.sql("UPDATE jira_tickets SET jira_key = 'NEXT-1' WHERE id = ?")
                .param(ticket)
                .update();
        assertThat(texts(list(project, "github-pulls").path(0).path("jiraKeys")))
                .containsExactly("NEXT-1");
        ticket(project, 2, "PROJ-1");
        assertThat(texts(list(project, "github-pulls").path(0).path("jiraKeys")))
                .containsExactly("PROJ-1");
        assertThat(list(project, "jira-tickets/NEXT-1").path("pullRequests")).isEmpty();
    }

    @Test
    void editedTextsLoseTheirLinks() {
        ticket(project, 1, "PROJ-1");
        ticket(project, 2, "PROJ-2");
        store(project, "pulls", array(pull(1, "PROJ-1", "2026-01-02T00:00:00Z")));
        store(project, "pulls", array(pull(1, "PROJ-2", "2026-01-03T00:00:00Z")));
        assertThat(texts(list(project, "github-pulls").path(0).path("jiraKeys")))
                .containsExactly("PROJ-2");
    }
}
