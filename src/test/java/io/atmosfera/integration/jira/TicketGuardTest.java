package io.atmosfera.integration.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.sandbox.Fault;
import io.atmosfera.integration.sandbox.SimulatedJira;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a sync believes: Jira as it is now, also where its times go backwards or a mapping gave later ones. */
class TicketGuardTest extends JiraSyncTest {

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
}
