package io.atmosfera.integration.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.jira.Fault;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a sync believes: Jira as it is now, also where its times go backwards or a mapping gave later ones. */
class TicketGuardTest extends JiraSyncTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LONG_AGO = "2020-01-01T00:00:00.000+0000";
    private static final String IN_TEN_YEARS = "2036-01-01T00:00:00.000+0000";

    private static void goBack(SimulatedJira jira, String key, String summary) {
        jira.editIssue(key, fields -> fields.put("summary", summary).put("updated", LONG_AGO));
    }

    @Test
    void aFullSyncBelievesATimeThatGoesBackwards() {
        SimulatedJira jira = cloud(3);
        long project = project(jira);
        completed(project, "full");
        goBack(jira, "DEMO-2", "Restored from a backup");

        JsonNode log = completed(project, "full");

        assertThat(log.path("ticketsUpdated").asInt()).as(log.toString()).isEqualTo(1);
        assertThat(summaries(project)).isEqualTo(issues(jira, 3));
        JsonNode ticket =
                get("/api/projects/" + project + "/jira-tickets/DEMO-2").json();
        assertThat(ticket.path("updatedDate").asText()).isEqualTo("2020-01-01T00:00:00.000Z");
    }

    @Test
    void anIncrementalSyncBelievesATimeThatGoesBackwards() {
        SimulatedJira jira = cloud(3);
        jira.editIssue("DEMO-2", fields -> fields.put("updated", IN_TEN_YEARS));
        long project = project(jira);
        completed(project, "full");
        jira.editIssue("DEMO-2", fields -> fields.put("summary", "Its clock was set right")
                .set("updated", jira.issue("DEMO-1").path("fields").path("updated")));
        jdbc.sql("UPDATE jira_sync_state SET cursor_ms = 0 WHERE project_id = ?")
                .param(project)
                .update();

        completed(project, "incremental");

        assertThat(summaries(project)).containsEntry("DEMO-2", "Its clock was set right");
    }

    @Test
    void aMappedTimeKeepsNothingFromBeingStored() {
        SimulatedJira jira = cloud(3);
        Consumer<com.fasterxml.jackson.databind.node.ObjectNode> later =
                config -> config.putObject("fieldMappings").put("updatedDate", '"' + IN_TEN_YEARS + '"');
        long project = project(jira, later);
        completed(project, "full");
        jira.editIssue("DEMO-1", fields -> fields.put("summary", "Changed under the mapping"));
        completed(project, "incremental");
        assertThat(summaries(project)).isEqualTo(issues(jira, 3));

        configure(project, jira, config -> config.putObject("fieldMappings"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(listedTimes(project)).doesNotContain("2036-01-01T00:00:00.000Z"));
        jira.editIssue("DEMO-2", fields -> fields.put("summary", "Changed without it"));
        completed(project, "incremental");

        assertThat(summaries(project)).isEqualTo(issues(jira, 3));
    }

    private String listedTimes(long project) {
        return get("/api/projects/" + project + "/jira-tickets").text();
    }

    @Test
    void whatAnEventBroughtSinceAPageWasAskedForIsNotSetBack() {
        SimulatedJira jira = cloud(3);
        long project = project(jira);
        completed(project, "full");
        jira.editIssue("DEMO-2", fields -> fields.put("summary", "As the page has it"));
        // While the page is on its way, a newer state comes in.
        jira.fail(Fault.before(() -> jdbc.sql(
                                """
                                UPDATE jira_tickets SET summary = 'Newer', content_hash = 'newer', last_synced = now() + interval '2 seconds',
                                    jira_updated = now() + interval '1 hour'
                                WHERE project_id = ? AND jira_key = 'DEMO-2'""")
                        .param(project)
                        .update())
                .matching(JiraSyncTest::isPage));

        completed(project, "full");
        assertThat(summaries(project)).containsEntry("DEMO-2", "Newer");

        jdbc.sql("UPDATE jira_tickets SET last_synced = now() - interval '1 second' WHERE project_id = ?")
                .param(project)
                .update();
        completed(project, "full");
        assertThat(summaries(project)).containsEntry("DEMO-2", "As the page has it");
    }

    /** The changes that a sync publishes, by the keys of the tickets. */
    private Map<String, JsonNode> published(Runnable change) {
        long before = jdbc.sql("SELECT coalesce(max(id), 0) FROM platform_events")
                .query(Long.class)
                .single();
        change.run();
        Map<String, JsonNode> published = new TreeMap<>();
        jdbc
                .sql(
                        """
                        SELECT message::text FROM platform_events
                        WHERE id > ? AND message ->> 'source' = 'sync' AND message ->> 'type' = 'jira_update' ORDER BY id""")
                .param(before)
                .query(String.class)
                .list()
                .stream()
                .map(TicketGuardTest::json)
                .forEach(message -> published.put(message.path("issueKey").asText(), message.path("changes")));
        return published;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aPersonIsKnownByTheIdAndNotByTheName() {
        SimulatedJira jira = cloud(3);
        long project = project(jira);
        jira.editIssue("DEMO-1", fields -> fields.set("assignee", person("a1", "Ann Lee")));
        jira.editIssue("DEMO-2", fields -> fields.set("assignee", person("a1", "Ann Lee")));
        completed(project, "full");
        jira.editIssue("DEMO-1", fields -> fields.set("assignee", person("a1", "Ann Smith")));
        jira.editIssue("DEMO-2", fields -> fields.set("assignee", person("a2", "Ann Lee")));

        Map<String, JsonNode> changes = published(() -> completed(project, "incremental"));

        assertThat(changes.get("DEMO-1")).isEmpty();
        assertThat(changes.get("DEMO-2").findValuesAsText("field")).containsExactly("assignee");
        assertThat(get("/api/projects/" + project + "/jira-tickets?assignee=a1")
                        .json()
                        .findValuesAsText("assignee"))
                .containsExactly("Ann Smith");
    }

    private static ObjectNode person(String id, String name) {
        return JSON.createObjectNode().put("accountId", id).put("displayName", name);
    }
}
