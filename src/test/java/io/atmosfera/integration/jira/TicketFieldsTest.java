package io.atmosfera.integration.jira;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.jira.Fault;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a ticket has without a word of jq: Jira's own fields, and the custom ones under their names. */
class TicketFieldsTest extends JiraMappingSupport {

    private static final String SELECT = "com.atlassian.jira.plugin.system.customfieldtypes:";

    // Jira's own fields

    @Test
    void aTicketHasTheFieldsThatEverybodyAsksFor() {
        SimulatedJira jira = cloud();
        ObjectNode issue = issue(1, "DEMO-1", "whole");
        ObjectNode fields = fields(issue);
        fields.putObject("status")
                .put("name", "Fertig")
                .putObject("statusCategory")
                .put("key", "done")
                .put("name", "Erledigt");
        fields.putObject("issuetype").put("name", "Initiative").put("hierarchyLevel", 2);
        fields.putObject("resolution").put("name", "Won't Do");
        fields.put("resolutiondate", "2026-03-28T23:59:59.999+0100");
        fields.put("duedate", "2026-04-01");
        fields.putObject("parent").put("id", "9").put("key", "DEMO-9");
        fields.putArray("fixVersions").addObject().put("name", "2.0").put("released", false);
        fields.withArray("fixVersions").addObject().put("name", "1.9");
        fields.putArray("versions").addObject().put("name", "1.8");
        fields.putObject("security").put("name", "Staff only");
        fields.putArray("customfield_10020")
                .addObject()
                .put("id", 7)
                .put("name", "Sprint 7")
                .put("state", "closed");
        fields.withArray("customfield_10020")
                .addObject()
                .put("id", 8)
                .put("name", "Sprint 8")
                .put("state", "active");
        fields.put("customfield_10016", 5.0);
        jira.putRawIssue(issue);
        long project = project(jira);

        JsonNode log = sync(project);

        assertThat(log.path("warnings")).isEmpty();
        for (JsonNode ticket : List.of(
                ticket(project, "DEMO-1"), tickets(project, "limit=1").json().path(0))) {
            assertThat(ticket.path("projectKey").asText()).isEqualTo("DEMO");
            assertThat(ticket.path("hierarchyLevel").asInt()).isEqualTo(2);
            assertThat(ticket.path("statusCategory").asText()).isEqualTo("Done");
            assertThat(ticket.path("resolution").asText()).isEqualTo("Won't Do");
            assertThat(ticket.path("resolutionDate").asText()).isEqualTo("2026-03-28T22:59:59.999Z");
            assertThat(ticket.path("dueDate").asText()).isEqualTo("2026-04-01");
            assertThat(ticket.path("parentKey").asText()).isEqualTo("DEMO-9");
            assertThat(texts(ticket.path("fixVersions"))).containsExactly("1.9", "2.0");
            assertThat(texts(ticket.path("affectedVersions"))).containsExactly("1.8");
            assertThat(ticket.path("securityLevel").asText()).isEqualTo("Staff only");
            assertThat(ticket.path("sprints"))
                    .isEqualTo(
                            tree(
                                    """
                    [{"name": "Sprint 7", "state": "closed"}, {"name": "Sprint 8", "state": "active"}]"""));
            assertThat(ticket.path("storyPoints").asDouble()).isEqualTo(5);
            assertThat(ticket.path("commentCount").asInt(-1)).isZero();
            assertThat(ticket.path("worklogCount").asInt(-1)).isZero();
        }
    }

    @Test
    void dataCentersSprintsEpicsAndSubTasksGiveTheSame() {
        SimulatedJira jira = started(SimulatedJira.Options.dataCenter());
        ObjectNode epic = issue(1, "DEMO-1", "an epic, whatever it is called");
        fields(epic).putObject("issuetype").put("name", "Epos").put("subtask", false);
        fields(epic).put("customfield_10011", "Checkout");
        jira.putRawIssue(epic);
        ObjectNode story = issue(2, "DEMO-2", "of the epic");
        fields(story)
                .put("customfield_10014", "DEMO-1")
                .putArray("customfield_10020")
                .add(
                        "com.atlassian.greenhopper.service.sprint.Sprint@5f3a[id=101,rapidViewId=7,state=FUTURE,name=A, b [c],"
                                + "startDate=<null>,endDate=<null>,completeDate=<null>,sequence=101,goal=,autoStartStop=false]");
        fields(story).put("customfield_10016", 0.5);
        jira.putRawIssue(story);
        ObjectNode part = issue(3, "DEMO-3", "a part of the story");
        fields(part).putObject("issuetype").put("name", "Sub-task").put("subtask", true);
        fields(part).putObject("parent").put("key", "DEMO-2");
        fields(part).put("customfield_10014", "DEMO-1");
        jira.putRawIssue(part);
        long project = project();
        ObjectNode config = config(jira);
        config.remove("email");
        configure(project, config);

        sync(project);

        assertThat(ticket(project, "DEMO-1").path("hierarchyLevel").asInt()).isEqualTo(1);
        JsonNode ticket = ticket(project, "DEMO-2");
        assertThat(ticket.path("hierarchyLevel").asInt(-9)).isZero();
        assertThat(ticket.path("parentKey").asText()).isEqualTo("DEMO-1");
        assertThat(ticket.path("storyPoints").asDouble()).isEqualTo(0.5);
        assertThat(ticket.path("sprints")).isEqualTo(tree("[{\"name\": \"A, b [c]\", \"state\": \"future\"}]"));
        assertThat(ticket(project, "DEMO-3").path("hierarchyLevel").asInt()).isEqualTo(-1);
        assertThat(ticket(project, "DEMO-3").path("parentKey").asText()).isEqualTo("DEMO-2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\": {\"name\": \"To Do\", \"statusCategory\": \"x\"}}",
                "{\"resolution\": [1], \"parent\": \"x\", \"security\": 5, \"project\": \"x\"}",
                "{\"fixVersions\": {\"a\": 1}, \"versions\": [null, 1, {\"name\": null}, {\"name\": \"v\"}]}",
                "{\"issuetype\": {\"name\": \"Task\", \"hierarchyLevel\": \"x\", \"subtask\": \"x\"}}",
                "{\"resolutiondate\": {}, \"duedate\": \"2026-02-30\"}",
                "{\"duedate\": \"0000-01-01\", \"customfield_10016\": \"many\", \"customfield_10020\": 5}",
                "{\"customfield_10016\": 1e308, \"customfield_10020\": [null, {}, \"x\", {\"name\": 5}]}"
            })
    void oddValuesOfOptionalFieldsCostNoTicket(String odd) {
        SimulatedJira jira = cloud();
        ObjectNode issue = issue(1, "DEMO-1", "odd");
        fields(issue).setAll((ObjectNode) tree(odd));
        jira.putRawIssue(issue);
        long project = project(jira);

        JsonNode log = sync(project);

        assertThat(log.path("ticketsCreated").asInt())
                .as(errors(project).toString())
                .isEqualTo(1);
        assertThat(ticket(project, "DEMO-1").path("summary").asText()).isEqualTo("odd");
    }

    @Test
    void theNewFieldsCanBeMappedToo() throws IOException {
        JsonNode row = map(
                        List.of(issue(1, "DEMO-1", "x")),
                        mappings(
                                "storyPoints",
                                "\"3\"",
                                "dueDate",
                                "\"2026-05-06T01:00:00.000+0000\"",
                                "sprints",
                                "[\"S\"]"))
                .get(0);
        assertThat(ticketRows.preview(rows(row)).path("storyPoints").asDouble()).isEqualTo(3);
        assertThat(ticketRows.preview(rows(row)).path("dueDate").asText()).isEqualTo("2026-05-06");
        assertThat(ticketRows
                        .preview(rows(row))
                        .path("sprints")
                        .path(0)
                        .path("name")
                        .asText())
                .isEqualTo("S");
    }

    // Custom fields

    @Test
    void everyCustomFieldThatHasAValueIsThereUnderJirasName() {
        SimulatedJira jira = cloud();
        jira.putField(custom(20001, "R&D Größe", "string", "", "textfield"));
        jira.putField(custom(20002, "Team", "option", "", "select"));
        jira.putField(custom(20003, "Team", "array", "user", "multiuserpicker"));
        ObjectNode issue = issue(1, "DEMO-1", "with custom fields");
        ObjectNode fields = fields(issue);
        fields.put("customfield_20001", "wide");
        fields.putObject("customfield_20002").put("value", "Blue").put("id", "1");
        fields.putArray("customfield_20003")
                .addObject()
                .put("displayName", "Mia")
                .put("accountId", "5b");
        fields.putObject("customfield_10030")
                .put("value", "Critical")
                .put("self", "https://x")
                .put("id", "3");
        fields.putArray("customfield_10031").addObject().put("value", "iOS").put("id", "4");
        fields.withArray("customfield_10031").addObject().put("value", "Web").put("id", "5");
        fields.putObject("customfield_10032")
                .put("displayName", "Björn")
                .put("accountId", "6c")
                .putObject("avatarUrls");
        fields.put("customfield_10033", "2026-05-06");
        fields.put("customfield_10034", 12.0);
        fields.putObject("customfield_10036")
                .put("value", "Europe")
                .putObject("child")
                .put("value", "Österreich");
        fields.put("customfield_10037", "* a list").put("customfield_10038", "2026-05-06T07:08:09.000+0200");
        fields.put("customfield_30000", "made after the list was read");
        fields.put("customfield_10035", "").putNull("customfield_10011");
        fields.putArray("customfield_10020");
        fields.putObject("customfield_30001");
        jira.putRawIssue(issue);
        long project = project(jira);

        sync(project);

        assertThat(jira.requests().stream().filter(request -> request.path().equals("/rest/api/2/field")))
                .hasSize(1);
        assertThat(ticket(project, "DEMO-1").path("customFields"))
                .isEqualTo(
                        tree(
                                """
                {"Acceptance criteria": "* a list", "Affected customers": 12.0, "Area": "Europe > Österreich",
                 "Last verified": "2026-05-06T05:08:09Z", "Platforms": ["iOS", "Web"], "QA Owner": "Björn",
                 "R&D Größe": "wide", "Severity": "Critical", "Target date": "2026-05-06",
                 "Team (customfield_20002)": "Blue", "Team (customfield_20003)": ["Mia"],
                 "customfield_30000": "made after the list was read"}"""));
        assertThat(sync(project).path("ticketsUnchanged").asInt()).isEqualTo(1);
    }

    @Test
    void onlyMappedCustomFieldsAreThereWhereThatIsConfigured() {
        SimulatedJira jira = cloud();
        ObjectNode issue = issue(1, "DEMO-1", "x");
        fields(issue).put("customfield_10035", "CR-1").put("customfield_10016", 3);
        jira.putRawIssue(issue);
        long project = project();
        ObjectNode config = config(jira, mappings("customFields.ref", ".fields.customfield_10035"));
        assertThat(configure(project, config.deepCopy().put("customFields", "some"))
                        .status())
                .isEqualTo(400);
        assertThat(configure(project, config.put("customFields", "mapped"))
                        .json()
                        .path("customFields")
                        .asText())
                .isEqualTo("mapped");
        sync(project);

        JsonNode ticket = ticket(project, "DEMO-1");
        assertThat(ticket.path("customFields")).isEqualTo(tree("{\"ref\": \"CR-1\"}"));
        assertThat(ticket.path("storyPoints").asDouble()).isEqualTo(3);

        // Another choice reaches what is here already.
        assertThat(configure(project, config.put("customFields", "all")).status())
                .isEqualTo(200);
        replayed(project, 1);
        assertThat(ticket(project, "DEMO-1").path("customFields"))
                .isEqualTo(tree("{\"Customer reference\": \"CR-1\", \"Story Points\": 3, \"ref\": \"CR-1\"}"));
    }

    @Test
    void aTicketKeepsTwoHundredCustomFieldsAndAWarningNamesTheRest() {
        SimulatedJira jira = cloud();
        ObjectNode many = issue(1, "DEMO-1", "many");
        for (int i = 0; i < 203; i++) {
            jira.putField(custom(20000 + i, "Field %03d".formatted(i), "string", "", "textfield"));
            fields(many).put("customfield_" + (20000 + i), "value");
        }
        jira.putRawIssue(many);
        ObjectNode large = issue(2, "DEMO-2", "large");
        fields(large).put("customfield_20000", "ä".repeat(32_000)).put("customfield_20001", "y".repeat(3_000));
        fields(large).put("customfield_20002", "small");
        jira.putRawIssue(large);
        long project = project(jira);

        JsonNode log = sync(project);

        assertThat(ticket(project, "DEMO-1").path("customFields")).hasSize(200);
        assertThat(ticket(project, "DEMO-2").path("customFields").size()).isEqualTo(2);
        assertThat(ticket(project, "DEMO-2").path("customFields").has("Field 002"))
                .isTrue();
        assertThat(texts(log.path("warnings"), "message"))
                .singleElement()
                .asString()
                .contains("2 tickets", "DEMO-1", "Field 200", "Field 202", "Field 001");
    }

    @Test
    void aRenamedFieldGetsItsNewNameInTicketsThatDidNotChange() {
        SimulatedJira jira = cloud();
        ObjectNode issue = issue(1, "DEMO-1", "x");
        fields(issue).put("customfield_10035", "CR-1");
        jira.putRawIssue(issue);
        long project = project(jira);
        sync(project);
        jira.putField(custom(10035, "Reference", "string", "", "textfield"));

        sync(project, "incremental");
        replayed(project, 1);

        assertThat(ticket(project, "DEMO-1").path("customFields")).isEqualTo(tree("{\"Reference\": \"CR-1\"}"));
    }

    @Test
    void withoutTheListOfFieldsASyncGoesOnAndLeavesThemAsTheyWere() {
        SimulatedJira jira = cloud();
        ObjectNode issue = issue(1, "DEMO-1", "before");
        fields(issue).put("customfield_10035", "CR-1").put("customfield_10016", 3);
        jira.putRawIssue(issue);
        long project = project(jira);
        jira.fail(Fault.forbidden().onPath("/rest/api/2/field").untilCleared());

        JsonNode log = sync(project);

        assertThat(log.path("status").asText()).isEqualTo("completed");
        assertThat(texts(log.path("warnings"), "code")).containsExactly("fields");
        assertThat(ticket(project, "DEMO-1").path("customFields")).isEmpty();

        jira.clearFaults();
        sync(project);
        jira.fail(Fault.rateLimited(Duration.ZERO).onPath("/rest/api/2/field").times(1));
        fields(issue).put("summary", "after").put("updated", "2026-03-03T00:00:00.000+0000");
        jira.putRawIssue(issue);
        assertThat(sync(project).path("warnings")).isEmpty();

        JsonNode ticket = ticket(project, "DEMO-1");
        assertThat(ticket.path("summary").asText()).isEqualTo("after");
        assertThat(ticket.path("storyPoints").asDouble()).isEqualTo(3);
        assertThat(ticket.path("customFields").path("Customer reference").asText())
                .isEqualTo("CR-1");
    }

    @Test
    void aPreviewKnowsTheFieldsBeforeTheFirstSync() {
        SimulatedJira jira = cloud();
        ObjectNode issue = issue(1, "DEMO-1", "x");
        fields(issue).put("customfield_10035", "CR-1").put("customfield_10016", 3);
        jira.putRawIssue(issue);
        long project = project(jira);

        JsonNode ticket = post(
                        "/api/projects/" + project + "/jira-config/preview",
                        ADMIN,
                        "{\"fieldMappings\": {}, \"issueKey\": \"DEMO-1\"}")
                .json()
                .path("ticket");

        assertThat(ticket.path("customFields").path("Customer reference").asText())
                .isEqualTo("CR-1");
        assertThat(ticket.path("storyPoints").asDouble()).isEqualTo(3);
        assertThat(ticket.has("leftOut")).isFalse();
        sync(project);
        JsonNode stored = ticket(project, "DEMO-1");
        for (String member : new String[] {"customFields", "sprints", "projectKey", "hierarchyLevel", "dueDate"}) {
            assertThat(stored.path(member))
                    .as(member)
                    .isEqualTo(tree(ticket.path(member).toString()));
        }
    }

    private static com.fasterxml.jackson.databind.node.ArrayNode rows(JsonNode row) {
        return JSON.createArrayNode().add(row.deepCopy());
    }

    private static ObjectNode custom(int number, String name, String type, String items, String kind) {
        ObjectNode field = JSON.createObjectNode()
                .put("id", "customfield_" + number)
                .put("name", name)
                .put("custom", true);
        ObjectNode schema = field.putObject("schema").put("type", type).put("custom", SELECT + kind);
        if (!items.isEmpty()) {
            schema.put("items", items);
        }
        return field;
    }
}
