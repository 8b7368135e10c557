package io.atmosfera.integration.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.Answer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why something is linked to a ticket or is not. */
class LinkExplainTest extends GitHubRows {

    private long project;

    @BeforeEach
    void tickets() {
        project = project();
        store(project, "repository", "{\"id\": 1296269, \"full_name\": \"octo/hello\"}");
        long ticket = ticket(project, 1, "PROJ-1");
        formerKey(project, ticket, "OLD-7");
        ticket(project, 12, "PROJ-12");
    }

    @Test
    void eachTextIsSearchedAndEachCandidateExplained() {
        store(
                project,
                "pulls",
                array(pull(
                        3,
                        "proj-1 and ABC-5",
                        "2026-01-02T00:00:00Z",
                        "feature/PROJ-99-thing",
                        "{\"body\": \"Was OLD-7; PROJ-12abc, PROJ-012 and PROJ-12.5 are none.\"}")));
        store(project, "pull-commits", 3, array(commit("c0ffee1", "PROJ-12 at last", "2026-01-01T00:00:00Z")));

        assertThat(explain("pull=3"))
                .isEqualTo(
                        tree(
                                """
                {"linked": [
                   {"jiraKey": "PROJ-1", "from": "title", "text": "proj-1"},
                   {"jiraKey": "PROJ-1", "from": "body", "text": "OLD-7"},
                   {"jiraKey": "PROJ-12", "from": "message", "text": "PROJ-12", "sha": "c0ffee1"}],
                 "rejected": [
                   {"candidate": "PROJ-99", "from": "branch", "reason": "no ticket PROJ-99 is known in this project"},
                   {"candidate": "ABC-5", "from": "title", "reason": "ABC is no project key here"},
                   {"candidate": "PROJ-12", "from": "body", "reason": "the key is inside a longer word"},
                   {"candidate": "PROJ-012", "from": "body", "reason": "the number of a ticket does not begin with 0"}],
                 "searched": [
                   {"source": "branch", "text": "feature/PROJ-99-thing"},
                   {"source": "title", "text": "proj-1 and ABC-5"},
                   {"source": "body", "text": "Was OLD-7; PROJ-12abc, PROJ-012 and PROJ-12.5 are none."},
                   {"source": "message", "text": "PROJ-12 at last", "sha": "c0ffee1"}]}"""));
        assertThat(texts(list(project, "github-pulls").path(0).path("jiraKeys")))
                .containsExactly("PROJ-1", "PROJ-12");
    }

    @Test
    void commitsAndBranchesAreExplained() {
        store(project, "commits", array(commit("abcdef1234", "PROJ-1", "2026-01-01T00:00:00Z")));
        store(project, "branches", array("{\"name\": \"100%/proj-12\", \"commit\": {\"sha\": \"a\"}}"));
        assertThat(explain("commit=ABCDEF12")
                        .path("linked")
                        .path(0)
                        .path("jiraKey")
                        .asText())
                .isEqualTo("PROJ-1");
        assertThat(explain("branch=100%25/proj-12").path("linked").path(0))
                .isEqualTo(tree("{\"jiraKey\": \"PROJ-12\", \"from\": \"branch\", \"text\": \"proj-12\"}"));
    }

    @Test
    void deletedTicketsAndTheConnectionsProjectAreKnown() {
        jdbc.sql("UPDATE jira_tickets SET sync_status = 'deleted' WHERE project_id = ? AND jira_key = 'PROJ-12'")
                .param(project)
                .update();
        jdbc.sql(
                        "INSERT INTO integration_configs (project_id, integration_type, config_data) VALUES (?, 'jira', '{\"projectKey\": \"conn\"}')")
                .param(project)
                .update();
        store(project, "branches", array("{\"name\": \"PROJ-12+CONN-1\", \"commit\": {\"sha\": \"a\"}}"));
        assertThat(texts(explain("branch=PROJ-12%2BCONN-1").path("rejected"), "reason"))
                .containsExactly("the ticket PROJ-12 was deleted in Jira", "no ticket CONN-1 is known in this project");
        assertThat(list(project, "github-branches").path(0).path("jiraKeys")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PROJ-1                                        | PROJ-1",
                "[PROJ-1] (proj-12): both                      | PROJ-1 PROJ-12",
                "feature_PROJ-1_more                           | PROJ-1",
                "fix-PROJ-1-again                              | PROJ-1",
                "https://jira.example.com/browse/PROJ-1?x=1    | PROJ-1",
                "修复PROJ-1登录                                   | PROJ-1",
                "PROJ-1.                                       | PROJ-1",
                "PROJ-1.2                                      | ''",
                "XPROJ-1                                       | ''",
                "1PROJ-1                                       | ''",
                "PROJ-1x                                       | ''",
                "PROJ-01 UTF-8 SHA-256                         | ''",
                "12345678-abcd-abcd-abcd-proj-1                | PROJ-1",
                "PROJ_1 PROJ--1 PROJ 1                         | ''"
            })
    void aKeyStandsByItself(String message, String keys) {
        store(project, "commits", array(commit("abcdef1", message, "2026-01-01T00:00:00Z")));
        assertThat(String.join(
                        " ", texts(list(project, "github-commits").path(0).path("jiraKeys"))))
                .isEqualTo(keys);
    }

    @Test
    void aUuidIsNoKey() {
        ticket(project, 2, "ABCD-1234");
        store(
                project,
                "commits",
                array(commit("abcdef1", "id 0a1b2c3d-abcd-1234-abcd-0123456789ab", "2026-01-01T00:00:00Z")));
        assertThat(list(project, "github-commits").path(0).path("jiraKeys")).isEmpty();
    }

    @Test
    void hugeTextsAreSearchedInTime() {
        String text =
                ("x".repeat(60_000) + "-1 " + "1".repeat(60_000) + "- " + "a_b-".repeat(20_000)).repeat(2) + " PROJ-1";
        Instant begin = Instant.now();
        store(project, "commits", array(commit("abcdef1", text, "2026-01-01T00:00:00Z")));
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(5));
        assertThat(texts(list(project, "github-commits").path(0).path("jiraKeys")))
                .containsExactly("PROJ-1");
    }

    @Test
    void whatIsAskedMustBeOneThingThatIsThere() {
        store(project, "pulls", array(pull(1, "One", "2026-01-02T00:00:00Z")));
        store(project, 77, "repository", null, tree("{\"id\": 77, \"full_name\": \"octo/other\"}"));
        store(project, 77, "pulls", null, tree(array(pull(1, "Another", "2026-01-02T00:00:00Z"))));
        store(
                project,
                "commits",
                array(
                        commit("abcdef12", "a", "2026-01-01T00:00:00Z"),
                        commit("abcdef13", "b", "2026-01-01T00:00:00Z")));

        refused("", 400, "one of pull, commit, branch and issue is required");
        refused("?pull=1&branch=x", 400, "only one of pull, commit, branch and issue");
        refused("?pull=x", 400, "pull");
        refused("?pull=0", 400, "pull");
        refused("?commit=xyz", 400, "commit");
        refused("?branch=", 400, "branch");
        refused("?branch=%20", 400, "must not be empty");
        refused("?pull=1", 400, "is in several repositories");
        refused("?commit=abcdef1", 400, "several commits begin with abcdef1");
        refused("?pull=2", 404, "Pull request 2 does not exist");
        refused("?commit=1234567", 404, "Commit 1234567 does not exist");
        refused("?branch=nowhere", 404, "Branch nowhere does not exist");
        assertThat(explain("pull=1&repository=Octo/Other")
                        .path("searched")
                        .path(1)
                        .path("text")
                        .asText())
                .isEqualTo("Another");
        assertThat(get("/api/projects/999999999/links/explain?pull=1").status()).isEqualTo(404);
    }

    private void refused(String query, int status, String words) {
        Answer answer = get("/api/projects/" + project + "/links/explain" + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.text()).contains(words);
    }

    private JsonNode explain(String query) {
        return list(project, "links/explain?" + query);
    }
}
