package io.atmosfera.integration.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.sandbox.http.RecordedRequest;
import io.atmosfera.sandbox.jira.Fault;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The history of a ticket whose changelog Jira Cloud cuts. */
class TicketChangelogTest extends JiraSyncTest {

    private JsonNode ticket(long project, String key) {
        return get("/api/projects/" + project + "/jira-tickets/" + key).json();
    }

    private static List<RecordedRequest> changelogs(SimulatedJira jira) {
        return jira.requests().stream()
                .filter(request -> request.path().endsWith("/changelog"))
                .toList();
    }

    private static SimulatedJira withChanges(SimulatedJira jira, int changes) {
        for (int change = 1; change <= changes; change++) {
            String summary = "Change " + change;
            jira.editIssue("DEMO-1", fields -> fields.put("summary", summary));
        }
        return jira;
    }

    @Test
    void whatIsMissingIsFetchedInTheBackground() {
        SimulatedJira jira = withChanges(cloud(2), 250);
        long project = project(jira);
        // The first time Jira has an error of its own, and no time in one entry.
        jira.fail(Fault.rateLimited(Duration.ofSeconds(1))
                .matching(request -> request.path().endsWith("/changelog")));
        completed(project, "full");

        await().atMost(PATIENCE)
                .until(() -> !ticket(project, "DEMO-1").path("historyTruncated").asBoolean(true));

        JsonNode history = ticket(project, "DEMO-1").path("history");
        assertThat(history).hasSizeGreaterThanOrEqualTo(250);
        assertThat(history)
                .filteredOn(change -> change.path("to").asText().startsWith("Change "))
                .extracting(change -> change.path("to").asText())
                .doesNotHaveDuplicates()
                .hasSize(250)
                .contains("Change 1", "Change 250");
        List<RecordedRequest> asked = changelogs(jira);
        assertThat(asked)
                .extracting(request -> request.parameter("startAt"))
                .containsSubsequence("0", "100", "200")
                .hasSizeLessThanOrEqualTo(4);
        assertThat(asked).allMatch(request -> request.path().equals("/rest/api/2/issue/10001/changelog"));
        assertThat(ticket(project, "DEMO-2").path("historyTruncated").asBoolean())
                .isFalse();
        assertThat(jdbc.sql("SELECT count(*) FROM jira_changelog_queue WHERE project_id = ?")
                        .param(project)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void dataCenterGivesTheWholeAndIsNotAsked() {
        SimulatedJira jira = withChanges(dataCenter(1), 60);
        long project = project(jira);
        completed(project, "full");
        assertThat(ticket(project, "DEMO-1").path("historyTruncated").asBoolean(true))
                .isFalse();
        assertThat(ticket(project, "DEMO-1").path("history")).hasSizeGreaterThanOrEqualTo(60);
        assertThat(jdbc.sql("SELECT count(*) FROM jira_changelog_queue WHERE project_id = ?")
                        .param(project)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aChangelogThatJiraDoesNotGiveStaysCut() {
        SimulatedJira jira = withChanges(cloud(1), 120);
        long project = project(jira);
        jira.fail(Fault.forbidden()
                .matching(request -> request.path().endsWith("/changelog"))
                .untilCleared());
        completed(project, "full");
        await().atMost(PATIENCE).until(() -> !changelogs(jira).isEmpty());
        assertThat(ticket(project, "DEMO-1").path("historyTruncated").asBoolean())
                .isTrue();
    }
}
