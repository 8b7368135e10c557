package io.atmosfera.integration.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mends CVE-2021-44228                          | CVE-2021   | it is a part of CVE-2021-44228, which names a vulnerability",
                "fixes_cve-2021-44228 and RHSA-2021:5127       | RHSA-2021  | it is a part of RHSA-2021:5127, which names a vulnerability",
                "GHSA-abcd-1234-wxyz                           | ABCD-1234  | it is a part of GHSA-abcd-1234-wxyz, which names a vulnerability",
                "SNYK-JS-LODASH-567746                         | LODASH-567746 | it is a part of SNYK-JS-LODASH-567746, which names a vulnerability",
                "DSA-5020-1                                    | DSA-5020   | it is a part of DSA-5020-1, which names a vulnerability",
                "id 0a1b2c3d-abcd-1234-abcd-0123456789ab       | ABCD-1234  | it is a part of a UUID",
                "On camel-4.x again                            | CAMEL-4    | the number goes on behind a point, as that of a version",
                "dependabot/github_actions/actions/checkout-4  | CHECKOUT-4 | the branch is a bot's, which names a package and its version"
            })
    void aPartOfAnotherNameIsNoKey(String text, String key, String reason) {
        ticket(project, 3, key);
        store(project, "branches", array("{\"name\": \"" + text + "\", \"commit\": {\"sha\": \"a\"}}"));

        assertThat(list(project, "github-branches").path(0).path("jiraKeys")).isEmpty();
        JsonNode rejected = explain("branch=" + URLEncoder.encode(text, StandardCharsets.UTF_8))
                .path("rejected");
        assertThat(rejected)
                .filteredOn(one -> one.path("candidate").asText().equalsIgnoreCase(key))
                .singleElement()
                .satisfies(one -> assertThat(one.path("reason").asText()).isEqualTo(reason));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROJ-12-2-fix",
                "PROJ-12-2024",
                "CVE-2021-44228: PROJ-12",
                "PROJ-12:CVE-2021-44228",
                "see PROJ-12.txt",
                "PROJ-12:text"
            })
    void aKeyBesideOtherNumbersIsOne(String text) {
        store(project, "commits", array(commit("abcdef1", text, "2026-01-01T00:00:00Z")));
        assertThat(texts(list(project, "github-commits").path(0).path("jiraKeys")))
                .containsExactly("PROJ-12");
    }

    /** As GitHub's own bot writes it, with a word that somebody added. */
    private static final String RAISED =
            """
            Bumps [camel](https://github.com/apache/camel) from 4.1.0 to 4.2.0. For PROJ-12.
            <details>
            <summary>Release notes</summary>
            <p><em>Sourced from <a href="https://github.com/apache/camel/releases">camel's releases</a>.</em></p>
            <blockquote>
            <ul><li>PROJ-1 quoted</li></ul>
            <blockquote>PROJ-2 within</blockquote>
            PROJ-3 after it
            </blockquote>
            </details>
            <details>
            <summary>Commits</summary>
            <ul><li><a href="https://github.com/apache/camel/commit/PROJ-4">PROJ-5</a></li></ul>
            </details>
            <br />

            > PROJ-6 in a line

            ## Release notes
            - PROJ-7 in a section
            ### Details
            - PROJ-8 below it
            ## Else
            [Compare](https://github.com/apache/camel/compare/PROJ-9...PROJ-10), https://jira.example.com/browse/OLD-7
            """;

    @Test
    void whatABotQuotesIsNotLinked() {
        for (int number = 2; number <= 10; number++) {
            ticket(project, 100 + number, "PROJ-" + number);
        }
        store(
                project,
                "pulls",
                array(pull(
                        4,
                        "Bump camel from 4.1.0 to 4.2.0",
                        "2026-01-02T00:00:00Z",
                        "dependabot/maven/org.apache.camel-camel-core-4.2.0",
                        "{\"user\": {\"login\": \"dependabot[bot]\"}, \"body\": " + JSON.valueToTree(RAISED) + "}")));

        JsonNode explained = explain("pull=4");
        assertThat(texts(explained.path("linked"), "text")).containsExactly("PROJ-12", "OLD-7");
        assertThat(explained.path("rejected"))
                .filteredOn(one -> one.path("from").asText().equals("body"))
                .allSatisfy(one -> assertThat(one.path("reason").asText())
                        .isEqualTo("the text quotes it, as release notes are quoted"))
                .extracting(one -> one.path("candidate").asText())
                .contains("PROJ-1", "PROJ-2", "PROJ-3", "PROJ-4", "PROJ-5", "PROJ-6", "PROJ-7", "PROJ-8", "PROJ-9");
        assertThat(texts(list(project, "github-pulls").path(0).path("jiraKeys")))
                .containsExactly("PROJ-1", "PROJ-12");
    }

    @Test
    void aSquashOfABotsPullRequestQuotesAsMuchAndPeoplesWordsCount() {
        store(
                project,
                "commits",
                array(
                        commit("abcdef1", "Bump camel (#4)\n\n" + RAISED, "2026-01-02T00:00:00Z"),
                        commit(
                                "abcdef2",
                                "## Release notes\n- PROJ-1\n> PROJ-12\n<details><summary>Why</summary>OLD-7</details>",
                                "2026-01-01T00:00:00Z"),
                        commit("abcdef3", "The <blockquote> of PROJ-12 is broken", "2026-01-01T00:00:00Z")));

        // A person merged it: only what is surely a quotation does not count.
        assertThat(texts(explain("commit=abcdef1").path("rejected"), "candidate"))
                .contains("PROJ-1", "PROJ-2", "PROJ-3", "PROJ-4", "PROJ-5");
        assertThat(texts(explain("commit=abcdef1").path("linked"), "text")).containsExactly("PROJ-12", "OLD-7");
        assertThat(texts(explain("commit=abcdef2").path("linked"), "text"))
                .containsExactly("PROJ-1", "PROJ-12", "OLD-7");
        assertThat(texts(explain("commit=abcdef3").path("linked"), "text")).containsExactly("PROJ-12");
    }

    @Test
    void anIssueThatABotWritesQuotesToo() {
        ObjectNode issue = (ObjectNode) tree(pull(5, "Dependency dashboard", "2026-01-02T00:00:00Z"));
        issue.put("body", "> PROJ-1 of others\n\nPROJ-12 of ours")
                .putObject("user")
                .put("login", "renovate[bot]");
        store(project, "issues", array(issue.toString()));

        assertThat(texts(list(project, "github-issues").path(0).path("jiraKeys")))
                .containsExactly("PROJ-12");
        assertThat(texts(explain("issue=5").path("rejected"), "candidate")).containsExactly("PROJ-1");
    }

    @Test
    void aMergeCommitIsLinkedToWhatItsPullRequestIsLinkedTo() {
        String merged =
                "{\"state\": \"closed\", \"merged_at\": \"2026-01-03T00:00:00Z\", \"merge_commit_sha\": \"%s\"}";
        store(
                project,
                "pulls",
                array(
                        pull(
                                6,
                                "Squashed",
                                "2026-01-03T00:00:00Z",
                                "feature/PROJ-1-login",
                                merged.formatted("5c0a5e1")),
                        // Of one that is open GitHub names a commit that tries the merge.
                        pull(7, "Open", "2026-01-03T00:00:00Z", "PROJ-12", "{\"merge_commit_sha\": \"5c0a5e2\"}")));
        store(
                project,
                "commits",
                array(
                        commit("5c0a5e1", "Squashed (#6)", "2026-01-03T00:00:00Z"),
                        commit("5c0a5e2", "Tried", "2026-01-02T00:00:00Z")));
        store(project, "pull-commits", 6, array(commit("c0ffee1", "OLD-7 and XYZ-1", "2026-01-01T00:00:00Z")));
        store(project, "pull-commits", 7, array(commit("c0ffee2", "nothing", "2026-01-01T00:00:00Z")));

        JsonNode commits = list(project, "github-commits?sort=-committedDate");
        assertThat(texts(commits.path(0).path("jiraKeys"))).containsExactly("PROJ-1");
        assertThat(commits.path(1).path("jiraKeys")).isEmpty();
        assertThat(texts(list(project, "jira-tickets/PROJ-1").path("commits"), "sha"))
                .containsExactly("5c0a5e1", "c0ffee1");
        assertThat(list(project, "jira-tickets/PROJ-12").path("commits")).isEmpty();
        JsonNode explained = explain("commit=5c0a5e1");
        assertThat(explained.path("linked"))
                .isEqualTo(
                        tree(
                                """
                [{"jiraKey": "PROJ-1", "from": "branch", "text": "PROJ-1", "pull": 6},
                 {"jiraKey": "PROJ-1", "from": "message", "text": "OLD-7", "sha": "c0ffee1", "pull": 6}]"""));
        assertThat(explained.path("rejected"))
                .isEqualTo(
                        tree(
                                "[{\"candidate\": \"XYZ-1\", \"from\": \"message\", \"reason\": \"XYZ is no project key here\", \"sha\": \"c0ffee1\", \"pull\": 6}]"));
        assertThat(texts(explained.path("searched"), "source"))
                .containsExactly("message", "branch", "title", "message");
        assertThat(explain("commit=5c0a5e2").path("linked")).isEmpty();
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
