package io.atmosfera.integration.jira;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.sandbox.http.RecordedRequest;
import io.atmosfera.sandbox.jira.Fault;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the platform asks Jira's search: what it puts into JQL, how it sends it, and that the search ends. */
class SyncSearchTest extends JiraSyncTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonNode test(long project, @Nullable ObjectNode config) {
        Answer answer = post(
                "/api/projects/" + project + "/jira-test-connection", ADMIN, config == null ? null : config.toString());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    /** A JQL of the length that the contract allows, which selects DEMO. */
    private static String longJql() {
        return "project = DEMO AND summary !~ \"" + "ä".repeat(9900) + "\"";
    }

    private static List<RecordedRequest> searches(SimulatedJira jira) {
        return jira.requests().stream()
                .filter(request -> request.path().startsWith(SEARCH))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "USER", "ORDER", "GO", "NULL", "IN"})
    void aProjectWhoseKeyIsAWordOfJqlIsSynced(String key) {
        SimulatedJira jira = start(
                SimulatedJira.Options.cloud().projects(key).initialIssues(3).maxPageSize(10));
        long project = project(jira, config -> config.put("projectKey", key));
        assertThat(test(project, null).path("ok").asBoolean()).isTrue();
        assertThat(completed(project, "full").path("ticketsCreated").asInt()).isEqualTo(3);
        assertThat(completed(project, "incremental").path("warnings")).isEmpty();
        assertThat(pages(jira))
                .extracting(JiraSyncTest::jql)
                .allMatch(jql -> jql.startsWith("project = \"" + key + "\""));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectionTestAsksWhatASyncAsks(boolean cloud) {
        SimulatedJira jira = cloud ? cloud(3) : dataCenter(3);
        long project = project(jira, config -> config.put("jql", "project = DEMO AND labels != INT ORDER BY rank"));
        jira.clearRequests();
        JsonNode result = test(project, null);
        assertThat(result.path("ok").asBoolean(true)).isFalse();
        assertThat(result.path("error").asText())
                .contains("'INT' is a reserved JQL word", "labels != INT ORDER BY created");
        assertThat(searches(jira)).singleElement().satisfies(search -> {
            assertThat(jql(search)).isEqualTo("project = DEMO AND labels != INT ORDER BY created ASC, key ASC");
            assertThat(search.parameter("maxResults")).isEqualTo(cloud ? "1" : "0");
        });
        assertThat(failed(project, "full")).contains("'INT' is a reserved JQL word");

        configure(project, jira, config -> config.put("jql", "project = DEMO AND labels != \"INT\""));
        assertThat(test(project, null).path("ok").asBoolean()).isTrue();
        completed(project, "full");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ORDER BY created", " order  by key DESC ", "ORDER BY"})
    void aJqlThatIsOnlyAnOrderIsRefused(String jql) {
        SimulatedJira jira = cloud(3);
        long project = project(jira);
        ObjectNode config = JSON.createObjectNode()
                .put("jiraUrl", jira.baseUri().toString())
                .put("projectKey", "DEMO")
                .put("jql", jql);
        String path = "/api/projects/" + project;
        for (Answer answer : List.of(
                post(path + "/jira-config", ADMIN, config.toString()),
                post(path + "/jira-test-connection", ADMIN, config.toString()),
                tryStart(
                        project,
                        JSON.createObjectNode()
                                .put("syncType", "manual")
                                .put("jql", jql)
                                .toString()))) {
            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.json().path("errors").path(0).path("field").asText())
                    .isEqualTo("jql");
            assertThat(answer.json().path("errors").path(0).path("message").asText())
                    .contains("restriction");
        }
        assertThat(searches(jira)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLongJqlGoesByPost(boolean cloud) {
        SimulatedJira jira = cloud ? cloud(25) : dataCenter(25);
        long project = project(jira, config -> config.put("jql", longJql()));
        assertThat(test(project, null).path("ok").asBoolean()).isTrue();
        JsonNode log = completed(project, "full");
        assertThat(log.path("ticketsCreated").asInt()).isEqualTo(25);
        assertThat(log.path("jiraCount").asInt()).isEqualTo(25);
        jira.deleteIssue("DEMO-3");
        assertThat(completed(project, "full").path("ticketsDeleted").asInt()).isEqualTo(1);
        completed(project, "incremental");
        Answer preview = post("/api/projects/" + project + "/jira-config/preview", ADMIN, "{\"fieldMappings\": {}}");
        assertThat(preview.status()).as(preview.text()).isEqualTo(200);

        assertThat(searches(jira)).isNotEmpty().allSatisfy(search -> {
            assertThat(search.method()).isEqualTo("POST");
            assertThat(search.query()).isEmpty();
            assertThat(jql(search)).contains(longJql());
        });
        assertThat(searches(jira))
                .filteredOn(search -> search.body().contains("*all"))
                .hasSizeGreaterThan(5)
                .allSatisfy(page -> assertThat(page.json().path("fields"))
                        .extracting(JsonNode::asText)
                        .containsExactly("*all"));
        assertThat(jdbc.sql("SELECT count(*) FROM jira_ticket_payloads p JOIN jira_tickets t ON t.id = p.ticket_id"
                                + " WHERE t.project_id = ?")
                        .param(project)
                        .query(Long.class)
                        .single())
                .isEqualTo(25);
    }

    @Test
    void pageTokensInACircleEndTheSyncWithAReason() {
        SimulatedJira jira = cloud(45);
        long project = project(jira);
        List<String> tokens = new ArrayList<>();
        int[] round = {0};
        jira.fail(Fault.rewriting(answer -> {
                    String token = answer.path("nextPageToken").asText("");
                    if (tokens.size() < 3) {
                        tokens.add(token);
                    } else {
                        // a, b, c, b, c, …
                        answer.put("nextPageToken", tokens.get(1 + round[0]++ % 2));
                    }
                })
                .matching(JiraSyncTest::isPage)
                .untilCleared());
        assertThat(failed(project, "full")).contains("circle");
        assertThat(pages(jira)).hasSizeLessThan(15);

        jira.clearFaults();
        completed(project, "full");
        assertThat(ticketCount(project)).isEqualTo(45);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void pageTokensThatAlwaysLeadOnEndTheSyncWithAReason(boolean empty) {
        SimulatedJira jira = cloud(45);
        long project = project(jira);
        String issue =
                """
                {"id": "1", "key": "DEMO-1", "fields": {"summary": "again", "status": {"name": "Open"},
                 "created": "2026-01-01T00:00:00.000+0000", "updated": "2026-01-01T00:00:00.000+0000"}}""";
        for (int page = 1; page <= 100; page++) {
            jira.fail(Fault.answering(
                            200,
                            "application/json",
                            "{\"issues\": [%s], \"isLast\": false, \"nextPageToken\": \"never %d\"}"
                                    .formatted(empty ? "" : issue, page))
                    .matching(JiraSyncTest::isPage));
        }

        assertThat(failed(project, "full")).contains(empty ? "without a ticket" : "again and again", "never end");

        assertThat(pages(jira)).hasSizeLessThan(60);
        jira.clearFaults();
        completed(project, "full");
        assertThat(ticketCount(project)).isEqualTo(45);
    }

    @Test
    void aListThatGoesBackAndForthEndsTheSyncWithAReason() {
        SimulatedJira jira = dataCenter(45);
        long project = project(jira);
        int[] page = {0};
        // Every other page says that ten have vanished, by which the walk goes back as far as it came.
        jira.fail(Fault.rewriting(answer -> answer.put("total", page[0]++ % 2 == 0 ? 45 : 35))
                .matching(JiraSyncTest::isPage)
                .untilCleared());
        assertThat(failed(project, "full")).contains("never end");
        jira.clearFaults();
        completed(project, "full");
        assertThat(ticketCount(project)).isEqualTo(45);
    }
}
