package io.atmosfera.integration.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A ticket is an issue of a site: what becomes of it when the connection leads elsewhere, or the issue is elsewhere. */
class TicketIdentityTest extends JiraSyncTest {

    private SimulatedJira withOther(int issues) {
        return start(SimulatedJira.Options.cloud()
                .initialIssues(issues)
                .projects("DEMO", "OTHER")
                .maxPageSize(50));
    }

    private JsonNode ticket(long project, String key) {
        return get("/api/projects/" + project + "/jira-tickets/" + key).json();
    }

    private List<String> deleted(long project, String reason) {
        return jdbc.sql(
                        "SELECT jira_key FROM jira_tickets WHERE project_id = ? AND deleted_reason = ? ORDER BY jira_id")
                .params(project, reason)
                .query(String.class)
                .list();
    }

    @Test
    void anotherSiteHasOtherIssuesUnderTheSameIds() {
        SimulatedJira first = cloud(3);
        long project = project(first);
        completed(project, "full");
        long row = ticket(project, "DEMO-1").path("id").asLong();
        SimulatedJira second = start(SimulatedJira.Options.cloud().seed(7));
        for (int i = 1; i <= 4; i++) {
            String summary = "Second " + i;
            second.createIssue("DEMO", fields -> fields.put("summary", summary));
        }

        configure(project, second, config -> {});
        JsonNode log = completed(project, "incremental");

        assertThat(log.path("ticketsCreated").asInt()).as(log.toString()).isEqualTo(4);
        assertThat(log.path("ticketsDeleted").asInt()).isEqualTo(3);
        assertThat(summaries(project)).isEqualTo(issues(second, 4));
        assertThat(deleted(project, "other-site")).containsExactly("DEMO-1", "DEMO-2", "DEMO-3");
        assertThat(ticket(project, "DEMO-1").path("id").asLong()).isNotEqualTo(row);
        assertThat(ticket(project, "DEMO-1").path("url").asText()).isEqualTo(second.baseUri() + "/browse/DEMO-1");
        JsonNode former = get("/api/projects/" + project + "/jira-tickets?syncStatus=deleted")
                .json()
                .get(0);
        assertThat(former.path("deletedReason").asText()).isEqualTo("other-site");
        assertThat(former.path("url").asText()).startsWith(first.baseUri().toString());

        configure(project, first, config -> {});
        completed(project, "full");

        assertThat(summaries(project)).isEqualTo(issues(first, 3));
        assertThat(ticket(project, "DEMO-1").path("id").asLong()).isEqualTo(row);
        assertThat(deleted(project, "other-site")).hasSize(4);
    }

    @Test
    void theSameSiteAtAnotherAddressKeepsItsTickets() {
        SimulatedJira jira = cloud(25);
        long project = project(jira);
        completed(project, "full");
        long row = ticket(project, "DEMO-1").path("id").asLong();
        jira.clearRequests();

        configure(
                project,
                jira,
                config -> config.put(
                        "jiraUrl", "http://localhost:" + jira.baseUri().getPort()));
        JsonNode log = completed(project, "full");

        assertThat(log.path("ticketsUnchanged").asInt()).as(log.toString()).isEqualTo(25);
        assertThat(jira.requests())
                .filteredOn(request -> request.path().startsWith("/rest/api/2/issue/"))
                .hasSize(20)
                .allMatch(request -> "created".equals(request.parameter("fields")));
        assertThat(ticket(project, "DEMO-1").path("id").asLong()).isEqualTo(row);
        assertThat(ticket(project, "DEMO-1").path("url").asText()).startsWith("http://localhost:");
        assertThat(ticketCount(project)).isEqualTo(25);
    }

    @Test
    void whatTheScopeNoLongerReachesIsHeldBackAndToldUntilSomebodyConfirmsIt() {
        SimulatedJira jira = withOther(25);
        String other = jira.createIssue("OTHER", fields -> fields.put("summary", "The new scope"));
        long project = project(jira);
        completed(project, "full");

        configure(project, jira, config -> config.put("projectKey", "OTHER"));
        JsonNode held = completed(project, "incremental");

        assertThat(held.path("ticketsDeleted").asInt()).isZero();
        assertThat(warnings(held)).containsExactly("deletion-guard");
        assertThat(held.path("warnings").get(0).path("message").asText()).contains("25 of 26");
        assertThat(ticketCount(project)).isEqualTo(26);
        JsonNode next = completed(project, "incremental");
        assertThat(next.path("jql").asText()).contains("updated >=");
        assertThat(warnings(next)).containsExactly("deletion-guard");
        assertThat(next.path("warnings").get(0).path("message").asText()).contains("25 of 26");

        JsonNode confirmed = sync(project, "full", request -> request.put("confirmDeletions", true));

        assertThat(confirmed.path("ticketsDeleted").asInt())
                .as(confirmed.toString())
                .isEqualTo(25);
        assertThat(listed(project, "")).containsExactly(other);
        assertThat(deleted(project, "out-of-scope")).hasSize(25);
        assertThat(warnings(completed(project, "incremental"))).isEmpty();
    }

    @Test
    void aTombstoneThatASyncSeesAgainLivesAgain() {
        SimulatedJira jira = withOther(5);
        long project = project(jira, config -> config.put("autoSync", true));
        completed(project, "full");
        bury(project);
        jira.editIssue("DEMO-1", fields -> fields.put("summary", "Seen by an incremental sync"));

        completed(project, "incremental");
        assertThat(listed(project, "")).contains("DEMO-1");
        completed(project, "full");
        assertThat(ticketCount(project)).isEqualTo(5);

        bury(project);
        jdbc.sql("UPDATE sync_schedules SET next_sync_at = now() + interval '1 hour' WHERE project_id = ?")
                .param(project)
                .update();
        jdbc.sql("UPDATE jira_sync_state SET next_census_at = now() WHERE project_id = ?")
                .param(project)
                .update();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ticketCount(project)).isEqualTo(5));
    }

    private void bury(long project) {
        jdbc.sql("UPDATE jira_tickets SET sync_status = 'deleted', deleted_reason = 'deleted', last_synced = now()"
                        + " WHERE project_id = ?")
                .param(project)
                .update();
    }

    @Test
    void aRenamedProjectIsFollowedByItsId() {
        SimulatedJira jira = cloud(4);
        long project = project(jira);
        completed(project, "full");
        long row = ticket(project, "DEMO-2").path("id").asLong();
        jira.renameProject("DEMO", "SHOP");

        JsonNode log = completed(project, "incremental");

        assertThat(log.path("ticketsUpdated").asInt()).as(log.toString()).isEqualTo(4);
        assertThat(log.path("jql").asText()).contains("project = \"SHOP\"");
        assertThat(listed(project, "")).containsExactlyInAnyOrder("SHOP-1", "SHOP-2", "SHOP-3", "SHOP-4");
        assertThat(ticket(project, "DEMO-2").path("id").asLong()).isEqualTo(row);
        assertThat(ticket(project, "DEMO-2").path("jiraKey").asText()).isEqualTo("SHOP-2");
        assertThat(warnings(completed(project, "full"))).isEmpty();
        assertThat(ticketCount(project)).isEqualTo(4);
    }

    @Test
    void whatWasSetAsideOfADeletedIssueIsForgotten() {
        SimulatedJira jira = cloud(3);
        for (String key : List.of("DEMO-1", "DEMO-2")) {
            ObjectNode broken = jira.issue(key);
            ((ObjectNode) broken.path("fields")).remove("summary");
            jira.putRawIssue(broken);
        }
        long project = project(jira);
        completed(project, "full");
        JsonNode errors =
                get("/api/projects/" + project + "/jira-ticket-errors").json();
        assertThat(errors).hasSize(2);
        long second = errors.get(0).path("jiraKey").asText().equals("DEMO-2")
                ? errors.get(0).path("id").asLong()
                : errors.get(1).path("id").asLong();
        jira.deleteIssue("DEMO-2");
        JsonNode retried = post("/api/projects/" + project + "/jira-ticket-errors/" + second + "/retry", ADMIN, null)
                .json();
        assertThat(retried.path("resolved").asBoolean()).as(retried.toString()).isTrue();
        jira.deleteIssue("DEMO-1");

        JsonNode log = completed(project, "full");

        assertThat(log.path("ticketsDeleted").asInt()).isZero();
        assertThat(get("/api/projects/" + project + "/jira-ticket-errors").json())
                .isEmpty();
    }

    @Test
    void aGatewayIsNotWherePeopleFindATicket() {
        SimulatedJira jira = cloud(1);
        long project = project(jira);
        completed(project, "full");
        assertThat(jdbc.sql("SELECT base_url FROM jira_sites WHERE project_id = ?")
                        .param(project)
                        .query(String.class)
                        .single())
                .isEqualTo(jira.baseUri().toString());

        jdbc.sql("UPDATE jira_sites SET address = 'https://api.atlassian.com/ex/jira/35273b54-3f06',"
                        + " base_url = 'https://acme.atlassian.net' WHERE project_id = ?")
                .param(project)
                .update();

        assertThat(ticket(project, "DEMO-1").path("url").asText())
                .isEqualTo("https://acme.atlassian.net/browse/DEMO-1");
        assertThat(get("/api/projects/" + project + "/jira-tickets")
                        .json()
                        .get(0)
                        .path("url")
                        .asText())
                .isEqualTo("https://acme.atlassian.net/browse/DEMO-1");
    }
}
