package io.atmosfera.integration.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.sandbox.jira.Fault;
import io.atmosfera.sandbox.jira.SimulatedJira;
import org.junit.jupiter.api.Test;

/** What becomes of tickets that are no longer where they were: deleted, moved, hidden or out of scope. */
class SyncDeletionTest extends JiraSyncTest {

    private SimulatedJira withOther(int issues) {
        return start(SimulatedJira.Options.cloud()
                .initialIssues(issues)
                .projects("DEMO", "OTHER")
                .maxPageSize(50));
    }

    @Test
    void aDeletedTicketIsMarkedAfterAFullSync() {
        SimulatedJira jira = withOther(30);
        long project = project(jira);
        completed(project, "full");
        jira.deleteIssue("DEMO-4");
        assertThat(completed(project, "incremental").path("ticketsDeleted").asInt())
                .isZero();
        assertThat(listed(project, "")).contains("DEMO-4");

        JsonNode log = completed(project, "full");

        assertThat(log.path("ticketsDeleted").asInt()).isEqualTo(1);
        assertThat(log.path("jiraCount").asInt()).isEqualTo(29);
        assertThat(log.path("localCount").asInt()).isEqualTo(29);
        assertThat(warnings(log)).isEmpty();
        assertThat(listed(project, "")).hasSize(29).doesNotContain("DEMO-4");
        assertThat(listed(project, "&syncStatus=deleted")).containsExactly("DEMO-4");
        assertThat(listed(project, "&syncStatus=all")).hasSize(30).contains("DEMO-4");
        Answer ticket = get("/api/projects/" + project + "/jira-tickets/DEMO-4");
        assertThat(ticket.json().path("syncStatus").asText()).isEqualTo("deleted");
        // Once marked it is not looked up again.
        jira.clearRequests();
        assertThat(completed(project, "full").path("ticketsDeleted").asInt()).isZero();
        assertThat(calls(jira)).noneMatch(call -> call.path().startsWith("/rest/api/2/issue/"));
    }

    @Test
    void aMovedIssueKeepsItsRowAndIsFoundByItsFormerKey() {
        SimulatedJira jira = withOther(30);
        long project = project(jira);
        completed(project, "full");
        long row = id(project, "DEMO-7");
        String now = jira.moveIssue("DEMO-7", "OTHER");

        JsonNode log = completed(project, "full");

        // No sync and no event of the project reaches it there.
        assertThat(log.path("ticketsDeleted").asInt()).isEqualTo(1);
        assertThat(id(project, now)).isEqualTo(row);
        assertThat(ticketCount(project)).isEqualTo(29);
        Answer former = get("/api/projects/" + project + "/jira-tickets/DEMO-7");
        assertThat(former.status()).isEqualTo(200);
        assertThat(former.json().path("jiraKey").asText()).isEqualTo(now);
        assertThat(former.json().path("id").asLong()).isEqualTo(row);
        assertThat(former.json().path("syncStatus").asText()).isEqualTo("deleted");
        assertThat(former.json().path("deletedReason").asText()).isEqualTo("moved");
        assertThat(get("/api/projects/" + project + "/jira-tickets/" + now).status())
                .isEqualTo(200);

        String back = jira.moveIssue(now, "DEMO");
        completed(project, "incremental");
        assertThat(id(project, back)).isEqualTo(row);
        assertThat(listed(project, "")).hasSize(30).contains(back);
    }

    private long id(long project, String key) {
        return jdbc.sql("SELECT id FROM jira_tickets WHERE project_id = ? AND jira_key = ?")
                .params(project, key)
                .query(Long.class)
                .single();
    }

    @Test
    void anEmptyScanDeletesNothing() {
        SimulatedJira jira = cloud(3);
        long project = project(jira);
        completed(project, "full");
        jira.fail(Fault.emptyResult().matching(JiraSyncTest::isPage).untilCleared());
        JsonNode log = completed(project, "full");
        assertThat(warnings(log)).contains("deletion-guard");
        assertThat(log.path("ticketsDeleted").asInt()).isZero();
        assertThat(ticketCount(project)).isEqualTo(3);
        jira.clearFaults();
        assertThat(warnings(completed(project, "full"))).isEmpty();
    }

    @Test
    void aMassDeletionIsHeldBackUntilSomebodyConfirmsIt() {
        SimulatedJira jira = withOther(100);
        long project = project(jira);
        completed(project, "full");
        for (int number = 1; number <= 21; number++) {
            jira.deleteIssue("DEMO-" + number);
        }
        JsonNode held = completed(project, "full");
        assertThat(warnings(held)).containsExactly("deletion-guard");
        assertThat(held.path("warnings").get(0).path("message").asText())
                .contains("21 of 100")
                .contains("confirmDeletions");
        assertThat(held.path("ticketsDeleted").asInt()).isZero();
        assertThat(ticketCount(project)).isEqualTo(100);

        JsonNode confirmed = sync(project, "full", request -> request.put("confirmDeletions", true));

        assertThat(confirmed.path("ticketsDeleted").asInt()).isEqualTo(21);
        assertThat(warnings(confirmed)).isEmpty();
        assertThat(ticketCount(project)).isEqualTo(79);
    }

    @Test
    void fewDeletionsAreNoMassDeletion() {
        SimulatedJira jira = withOther(100);
        long project = project(jira);
        completed(project, "full");
        for (int number = 1; number <= 20; number++) {
            jira.deleteIssue("DEMO-" + number);
        }
        JsonNode log = completed(project, "full");
        assertThat(log.path("ticketsDeleted").asInt()).isEqualTo(20);
        assertThat(warnings(log)).isEmpty();
    }

    @Test
    void aSmallPartOfManyIsNoMassDeletion() {
        SimulatedJira jira =
                start(SimulatedJira.Options.dataCenter().initialIssues(450).maxPageSize(500));
        long project = project(jira);
        completed(project, "full");
        for (int number = 1; number <= 22; number++) {
            jira.deleteIssue("DEMO-" + number);
        }
        JsonNode log = completed(project, "full");
        assertThat(log.path("ticketsDeleted").asInt()).isEqualTo(22);
        assertThat(warnings(log)).isEmpty();
    }

    @Test
    void whatOnlyTheSearchDoesNotShowIsKept() {
        SimulatedJira jira = withOther(30);
        long project = project(jira);
        completed(project, "full");
        jira.hideFromSearch("DEMO-9");
        JsonNode log = completed(project, "full");
        assertThat(log.path("ticketsDeleted").asInt()).isZero();
        assertThat(listed(project, "")).hasSize(30).contains("DEMO-9");
        // Jira counts one less than are here, and the log says so.
        assertThat(log.path("jiraCount").asInt()).isEqualTo(29);
        assertThat(log.path("localCount").asInt()).isEqualTo(30);
        assertThat(warnings(log)).containsExactly("count-differs");
    }

    @Test
    void aTicketThatComesBackIsSyncedAgain() {
        SimulatedJira jira = withOther(30);
        long project = project(jira);
        completed(project, "full");
        var issue = jira.issue("DEMO-11");
        long row = id(project, "DEMO-11");
        jira.deleteIssue("DEMO-11");
        completed(project, "full");
        assertThat(listed(project, "&syncStatus=deleted")).containsExactly("DEMO-11");
        // As after a permission that was lost and given again: the same state, to the millisecond.
        jira.putRawIssue(issue);
        JsonNode log = completed(project, "full");
        // Another ticket, whose parent it is, may have it for a parent again.
        assertThat(log.path("ticketsUpdated").asInt()).isPositive();
        assertThat(listed(project, "&syncStatus=deleted")).isEmpty();
        assertThat(listed(project, "")).hasSize(30);
        assertThat(id(project, "DEMO-11")).isEqualTo(row);
    }

    @Test
    void whatLeavesAnOwnJqlIsOutOfScope() {
        SimulatedJira jira = withOther(30);
        jira.editIssue("DEMO-5", fields -> fields.putArray("labels").add("wanted"));
        jira.editIssue("DEMO-6", fields -> fields.putArray("labels").add("wanted"));
        long project = project(jira, config -> config.put("jql", "project = DEMO AND labels = wanted"));
        completed(project, "full");
        assertThat(listed(project, "")).containsExactlyInAnyOrder("DEMO-5", "DEMO-6");
        jira.editIssue("DEMO-6", fields -> fields.putArray("labels"));
        JsonNode log = completed(project, "full");
        assertThat(log.path("ticketsDeleted").asInt()).isEqualTo(1);
        assertThat(listed(project, "")).containsExactly("DEMO-5");
        assertThat(jdbc.sql("SELECT deleted_reason FROM jira_tickets WHERE project_id = ? AND jira_key = 'DEMO-6'")
                        .param(project)
                        .query(String.class)
                        .single())
                .isEqualTo("out-of-scope");
        assertThat(log.path("jiraCount").asInt()).isEqualTo(1);
    }

    @Test
    void aLostLookAtAnIssueDeletesNothing() {
        SimulatedJira jira = withOther(30);
        long project = project(jira);
        completed(project, "full");
        jira.deleteIssue("DEMO-4");
        jira.fail(Fault.forbidden().onPath("/rest/api/2/issue/"));
        assertThat(failed(project, "full")).contains("forbids");
        assertThat(listed(project, "")).contains("DEMO-4");
        jira.fail(Fault.serverError().onPath("/rest/api/2/issue/").times(2));
        assertThat(completed(project, "full").path("ticketsDeleted").asInt()).isEqualTo(1);
    }

    @Test
    void anAccountThatJiraDoesNotKnowFindsNothingDeleted() {
        SimulatedJira jira = withOther(30);
        long project = project(jira);
        completed(project, "full");
        jira.hideFromSearch("DEMO-4");
        Fault notFound = Fault.answering(404, "application/json", "{\"errorMessages\": [\"Issue does not exist\"]}")
                .onPath("/rest/api/2/issue/");
        jira.fail(notFound.withHeader("X-Seraph-LoginReason", "AUTHENTICATED_FAILED"));
        assertThat(failed(project, "full")).contains("refuses the credential");
        jira.fail(notFound);
        jira.fail(Fault.unauthorized().onPath("/rest/api/2/myself").untilCleared());
        assertThat(failed(project, "full")).contains("refuses the credential");
        assertThat(ticketCount(project)).isEqualTo(30);

        jira.clearFaults();
        assertThat(completed(project, "full").path("ticketsDeleted").asInt()).isZero();
    }

    @Test
    void aCensusByNightFindsWhatWasDeleted() {
        SimulatedJira jira = withOther(120);
        long project = project(jira, config -> config.put("autoSync", true));
        completed(project, "full");
        jira.deleteIssue("DEMO-4");
        String moved = jira.moveIssue("DEMO-5", "OTHER");
        Object cursor = state(project, "cursor_ms");
        jira.clearRequests();
        jdbc.sql("UPDATE sync_schedules SET next_sync_at = now() + interval '1 hour' WHERE project_id = ?")
                .param(project)
                .update();
        jdbc.sql("UPDATE jira_sync_state SET next_census_at = now() WHERE project_id = ?")
                .param(project)
                .update();
        JsonNode log = await().atMost(PATIENCE)
                .until(
                        () -> logs(project).get(0),
                        newest -> newest.path("syncType").asText().equals("scheduled")
                                && !newest.path("status").asText().equals("running"));
        assertThat(log.path("status").asText()).as(log.toString()).isEqualTo("completed");
        assertThat(log.path("ticketsDeleted").asInt()).isEqualTo(2);
        assertThat(log.path("ticketsInvalid").asInt()).isZero();
        assertThat(log.path("jiraCount").asInt()).isEqualTo(118);
        assertThat(listed(project, "")).hasSize(118).doesNotContain("DEMO-4", "DEMO-5");
        assertThat(listed(project, "&syncStatus=deleted")).containsExactlyInAnyOrder("DEMO-4", moved);
        assertThat(get("/api/projects/" + project + "/jira-ticket-errors").json())
                .isEmpty();
        assertThat(pages(jira)).isEmpty();
        assertThat(calls(jira)).anyMatch(call -> "id".equals(call.parameter("fields")));
        assertThat(state(project, "cursor_ms")).isEqualTo(cursor);
    }
}
