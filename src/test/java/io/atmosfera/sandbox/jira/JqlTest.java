package io.atmosfera.sandbox.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JqlTest {

    private SimulatedJira jira;
    private JiraClient client;

    @BeforeEach
    void fileThreeIssues() {
        jira = SimulatedJira.start(
                SimulatedJira.Options.cloud().projects("DEMO", "PORT").zone(ZoneId.of("Asia/Shanghai")));
        client = JiraClient.basic(jira);
        jira.createIssue("DEMO", fields -> {
            fields.put("summary", "Ferry is late");
            fields.put("updated", "2026-03-01T10:00:30.500+0800");
            fields.withArray("labels").add("ux").add("api");
            named(fields, "priority", "1", "Highest");
        });
        jira.createIssue("DEMO", fields -> {
            fields.put("summary", "Ferry is early");
            fields.put("updated", "2026-03-01T10:01:30.000+0800");
            fields.putObject("assignee").put("accountId", "abc").put("displayName", "Maja Jensen");
        });
        jira.createIssue("PORT", fields -> fields.put("updated", "2026-03-02T00:00:00.000+0800"));
        jira.transitionIssue("PORT-1", "Done");
        jira.editIssue("PORT-1", fields -> fields.put("updated", "2026-03-02T00:00:00.000+0800"));
    }

    @AfterEach
    void close() {
        jira.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        project = DEMO order by key                            | DEMO-1 DEMO-2
        project = "demo" order by key desc                     | DEMO-2 DEMO-1
        project in (DEMO, PORT) ORDER BY id ASC                | DEMO-1 DEMO-2 PORT-1
        project = DEMO AND key != DEMO-1                       | DEMO-2
        issuekey in (DEMO-2, "PORT-1") order by key            | DEMO-2 PORT-1
        id in (10001, 10003) order by id                       | DEMO-1 PORT-1
        id > 10001                                             | DEMO-2
        status = Done                                          | PORT-1
        status not in ("To Do", 'In Progress')                 | PORT-1
        statusCategory = Done                                  | PORT-1
        resolution = Unresolved order by key                   | DEMO-1 DEMO-2
        resolution is not EMPTY                                | PORT-1
        assignee is empty order by key                         | DEMO-1 PORT-1
        assignee = abc                                         | DEMO-2
        assignee != xyz                                        | DEMO-2
        labels = ux                                            | DEMO-1
        labels in (ux, api) and labels is not empty            | DEMO-1
        labels != ux                                           |
        summary ~ ferry order by key                           | DEMO-1 DEMO-2
        summary ~ "early ferry*"                               | DEMO-2
        NOT (summary ~ ferry) and not status = Blocked         | PORT-1
        status = Done OR labels = ux AND project = PORT        | PORT-1
        (status = Done OR labels = ux) AND project = DEMO      | DEMO-1
        project in (DEMO, PORT) order by priority desc, id asc | DEMO-1 DEMO-2 PORT-1
        project in (DEMO, PORT) order by updated desc          | PORT-1 DEMO-2 DEMO-1
        "Story Points" is empty and project = PORT             | PORT-1
        cf[10030] is empty and project = PORT                  | PORT-1
        """)
    void findsWhatJiraWouldFind(String jql, String keys) throws Exception {
        assertThat(String.join(" ", client.keys(jql))).isEqualTo(keys == null ? "" : keys);
    }

    @Test
    void readsUnquotedDigitsAsMillisecondsOfAnyZone() throws Exception {
        long first = Instant.parse("2026-03-01T02:00:30.500Z").toEpochMilli();

        assertThat(client.keys("updated >= " + first + " order by id")).containsExactly("DEMO-1", "DEMO-2", "PORT-1");
        assertThat(client.keys("updated > " + first + " order by id")).containsExactly("DEMO-2", "PORT-1");
        assertThat(client.keys("updated <= " + first)).containsExactly("DEMO-1");
    }

    @Test
    void readsQuotedTimesAsMinutesInTheZoneOfTheUser() throws Exception {
        assertThat(client.keys("updated >= \"2026-03-01 10:01\" order by id")).containsExactly("DEMO-2", "PORT-1");
        assertThat(client.keys("updated < '2026/03/01 10:01'")).containsExactly("DEMO-1");
        assertThat(client.keys("updated >= \"2026-03-02\"")).containsExactly("PORT-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "project = ",
                "project DEMO",
                "project = DEMO AND",
                "project = DEMO foo",
                "(project = DEMO",
                "project = DEMO order updated",
                "status was Done",
                "assignee = nobodyKnows()",
                "project = \"DEMO",
                "project = DEMO & status = Done"
            })
    void refusesWhatDoesNotParse(String jql) throws Exception {
        JsonNode body = refused(jql);

        assertThat(body.path("errorMessages").path(0).asText()).startsWith("Error in the JQL Query: ");
        assertThat(body.path("warningMessages").isArray()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        project = NOPE              | The value 'NOPE' does not exist for the field 'project'.
        status = Nowhere            | The value 'Nowhere' does not exist for the field 'status'.
        key = DEMO-99               | An issue with key 'DEMO-99' does not exist for field 'key'.
        colour = red                | Field 'colour' does not exist or you do not have permission to view it.
        status > Done               | The operator '>' is not supported by the 'status' field.
        order by key desc           | Unbounded JQL queries are not allowed here. Please add a search restriction to your query.
        """)
    void refusesWhatDoesNotExist(String jql, String message) throws Exception {
        assertThat(refused(jql).path("errorMessages").path(0).asText()).isEqualTo(message);
    }

    @Test
    void refusesTimesWithSecondsAsJiraDoes() throws Exception {
        assertThat(refused("updated >= \"2026-03-01 10:01:30\"")
                        .path("errorMessages")
                        .path(0)
                        .asText())
                .startsWith("Date value '2026-03-01 10:01:30' for field 'updated' is invalid.");
    }

    @Test
    void doesNotOverflowOnDeepNesting() {
        assertThatThrownBy(() -> Jql.parse("(".repeat(100_000))).isInstanceOf(RejectedRequestException.class);
        assertThatThrownBy(() -> Jql.parse("not ".repeat(100_000))).isInstanceOf(RejectedRequestException.class);
    }

    @Test
    void readsLongTextsWithEscapes() {
        Jql jql = Jql.parse("summary ~ \"a\\\"b" + "x".repeat(200_000) + "\"");

        assertThat(jql.where()).isInstanceOfSatisfying(Jql.Term.class, term -> assertThat(
                        term.operands().get(0).text())
                .hasSize(200_003)
                .startsWith("a\"b"));
    }

    private JsonNode refused(String jql) throws Exception {
        HttpResponse<String> response = client.get("/rest/api/3/search/jql?fields=key&jql=" + JiraClient.encode(jql));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        return JiraClient.MAPPER.readTree(response.body());
    }

    private static void named(ObjectNode fields, String field, String id, String name) {
        fields.putObject(field).put("id", id).put("name", name);
    }
}
