package io.atmosfera.integration.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.SignedDelivery;
import io.atmosfera.sandbox.http.RecordedRequest;
import io.atmosfera.sandbox.jira.Fault;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What follows from Jira's webhooks: rows, history, and requests to Jira only where an event does not say enough. */
class JiraEventTest extends JiraSyncTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final AtomicInteger CHANGES = new AtomicInteger(1000);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final String secret = "secret-" + UUID.randomUUID();

    private long hooked(SimulatedJira jira) {
        return project(jira, config -> config.put("webhookSecret", secret).put("deployment", "cloud"));
    }

    private long synced(SimulatedJira jira) {
        long project = hooked(jira);
        sync(project, "full");
        jira.clearRequests();
        return project;
    }

    private ObjectNode event(String name, @Nullable JsonNode issue) {
        ObjectNode event = MAPPER.createObjectNode()
                .put("timestamp", System.currentTimeMillis())
                .put("webhookEvent", name);
        event.putObject("user").put("accountId", "5b1").put("displayName", "Ann Lee");
        if (issue != null) {
            event.set("issue", issue);
        }
        return event;
    }

    private static ObjectNode changed(ObjectNode event, String field, String from, String to) {
        ObjectNode changelog = event.putObject("changelog").put("id", String.valueOf(CHANGES.incrementAndGet()));
        changelog
                .putArray("items")
                .addObject()
                .put("field", field)
                .put("fromString", from)
                .put("toString", to);
        return event;
    }

    private long deliver(long project, ObjectNode event) {
        byte[] body = event.toString().getBytes(StandardCharsets.UTF_8);
        Answer answer = send(SignedDelivery.jira(
                port,
                "/api/projects/" + project + "/jira-webhook",
                body,
                secret,
                UUID.randomUUID().toString()));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json().path("eventId").asLong();
    }

    private String status(long event) {
        return jdbc.sql("SELECT status FROM webhook_events WHERE id = ?")
                .param(event)
                .query(String.class)
                .single();
    }

    private void awaitStatus(long event, String status) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(status(event)).isEqualTo(status));
    }

    private JsonNode ticket(long project, String key) {
        return get("/api/projects/" + project + "/jira-tickets/" + key).json();
    }

    /** Where issues were asked for; probes of the connection ask for others. */
    private static List<String> issueRequests(SimulatedJira jira) {
        return jira.requests().stream()
                .map(RecordedRequest::path)
                .filter(path -> path.contains("/issue/") || path.contains("/search"))
                .toList();
    }

    private static ObjectNode issueLater(SimulatedJira jira, String key, Consumer<ObjectNode> change) {
        jira.editIssue(key, change);
        return jira.issue(key);
    }

    @Test
    void aLinkOutOfJiraThatAnEventTellsOfIsToBeRead() {
        SimulatedJira jira =
                start(SimulatedJira.Options.cloud().projects("DEMO").initialIssues(2));
        long project = synced(jira);

        ObjectNode issue = issueLater(jira, "DEMO-1", fields -> fields.put("summary", "With a link"));
        awaitStatus(
                deliver(
                        project,
                        changed(event("jira:issue_updated", issue), "RemoteIssueLink", "", "This issue links to x")),
                "processed");

        assertThat(jdbc.sql(
                                """
                                SELECT t.jira_key FROM jira_remote_link_queue q JOIN jira_tickets t ON t.id = q.ticket_id
                                WHERE q.project_id = ?""")
                        .param(project)
                        .query(String.class)
                        .list())
                .containsExactly("DEMO-1");
    }

    @Test
    void theSimulatedJiraTellsOfItsChangesItself() {
        SimulatedJira jira = start(SimulatedJira.Options.cloud()
                .projects("DEMO", "PORT")
                .initialIssues(3)
                .webhook(URI.create("http://127.0.0.1:" + port + "/api/webhooks/jira"), secret));
        long project = synced(jira);

        jira.editIssue("DEMO-1", fields -> fields.put("summary", "It said so"));
        jira.deleteIssue("DEMO-2");
        jira.moveIssue("DEMO-3", "PORT");
        String made = jira.createIssue("DEMO", fields -> fields.put("summary", "Just made"));

        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(ticket(project, "DEMO-1").path("summary").asText()).isEqualTo("It said so");
            assertThat(ticket(project, "DEMO-1").path("history")).isNotEmpty();
            assertThat(ticket(project, "DEMO-2").path("syncStatus").asText()).isEqualTo("deleted");
            assertThat(ticket(project, "DEMO-3").path("jiraKey").asText()).startsWith("PORT-");
            assertThat(ticket(project, made).path("summary").asText()).isEqualTo("Just made");
        });
        assertThat(issueRequests(jira)).isEmpty();
        JsonNode synced = completed(project, "full");
        assertThat(synced.path("ticketsUnchanged").asInt())
                .as(synced.toString())
                .isEqualTo(2);
    }

    @Test
    void anEventWithTheWholeIssueIsStoredWithoutAskingJira() {
        SimulatedJira jira = cloud(3);
        long project = synced(jira);
        String key = "DEMO-1";
        String before = ticket(project, key).path("summary").asText();

        ObjectNode issue = issueLater(jira, key, fields -> fields.put("summary", "Changed by a webhook"));
        long event = deliver(
                project, changed(event("jira:issue_updated", issue), "summary", before, "Changed by a webhook"));
        awaitStatus(event, "processed");

        JsonNode ticket = ticket(project, key);
        assertThat(ticket.path("summary").asText()).isEqualTo("Changed by a webhook");
        assertThat(ticket.path("history").findValuesAsText("to")).contains("Changed by a webhook");
        assertThat(ticket.path("traceId").asText()).hasSize(32);
        assertThat(issueRequests(jira)).isEmpty();
    }

    @Test
    void aWebhookAndASyncOfTheSameStateGiveTheSameRow() {
        SimulatedJira jira = cloud(2);
        long project = synced(jira);
        String key = "DEMO-1";
        ObjectNode issue = issueLater(jira, key, fields -> fields.put("summary", "The same for both"));
        awaitStatus(deliver(project, event("jira:issue_updated", issue)), "processed");
        String hash = ticket(project, key).path("contentHash").asText();

        sync(project, "full");

        assertThat(ticket(project, key).path("contentHash").asText()).isEqualTo(hash);
        assertThat(get("/api/projects/" + project + "/jira-sync-logs")
                        .json()
                        .get(0)
                        .path("ticketsUpdated")
                        .asInt())
                .isZero();
    }

    @Test
    void anEventThatComesLateChangesNothingButItsChangeIsKept() {
        SimulatedJira jira = cloud(2);
        long project = synced(jira);
        String key = "DEMO-1";
        ObjectNode older = issueLater(jira, key, fields -> fields.put("summary", "Older"));
        await().pollDelay(Duration.ofMillis(20)).until(() -> true);
        ObjectNode newer = issueLater(jira, key, fields -> fields.put("summary", "Newer"));

        awaitStatus(
                deliver(project, changed(event("jira:issue_updated", newer), "summary", "Older", "Newer")),
                "processed");
        awaitStatus(
                deliver(project, changed(event("jira:issue_updated", older), "summary", "First", "Older")),
                "processed");

        JsonNode ticket = ticket(project, key);
        assertThat(ticket.path("summary").asText()).isEqualTo("Newer");
        assertThat(ticket.path("history").findValuesAsText("from")).contains("First", "Older");
    }

    private ObjectNode worklogOf(JsonNode issue) {
        ObjectNode worklog = event("worklog_created", null);
        worklog.putObject("worklog").put("issueId", issue.path("id").asText());
        return worklog;
    }

    private static Fault notFound() {
        return Fault.answering(
                        404,
                        "application/json",
                        "{\"errorMessages\": [\"Issue does not exist or you do not have permission to see it.\"]}")
                .onPath("/rest/api/2/issue/");
    }

    private void awaitReason(long event, String reason) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(get("/api/webhooks/events/" + event)
                        .json()
                        .path("errorMessage")
                        .asText())
                .contains(reason));
    }

    @Test
    void whatJiraDoesNotShowToAStrangerIsNotDeleted() {
        SimulatedJira jira = cloud(2);
        long project = synced(jira);
        jira.fail(notFound()
                .withHeader("X-Seraph-LoginReason", "AUTHENTICATED_FAILED")
                .untilCleared());

        long event = deliver(project, worklogOf(jira.issue("DEMO-1")));

        awaitReason(event, "refuses the credential");
        assertThat(ticket(project, "DEMO-1").path("syncStatus").asText()).isEqualTo("synced");
        jira.clearFaults();
        jdbc.sql("UPDATE webhook_queue SET due_at = now(), parked_until = NULL WHERE project_id = ?")
                .param(project)
                .update();
        awaitStatus(event, "processed");
        assertThat(ticket(project, "DEMO-1").path("syncStatus").asText()).isEqualTo("synced");
    }

    @Test
    void anAbsenceWithoutALoginReasonIsBelievedOnlyWhereJiraKnowsTheAccount() {
        SimulatedJira jira = cloud(3);
        long project = synced(jira);
        jira.fail(notFound().untilCleared());
        jira.fail(Fault.unauthorized().onPath("/rest/api/2/myself").untilCleared());

        long event = deliver(project, worklogOf(jira.issue("DEMO-1")));

        awaitReason(event, "refuses the credential");
        assertThat(ticket(project, "DEMO-1").path("syncStatus").asText()).isEqualTo("synced");
        jira.clearFaults();
        jira.fail(notFound().untilCleared());
        jira.clearRequests();
        awaitStatus(deliver(project, worklogOf(jira.issue("DEMO-2"))), "processed");
        assertThat(ticket(project, "DEMO-2").path("syncStatus").asText()).isEqualTo("deleted");
        assertThat(jira.requests()).anyMatch(request -> request.path().equals("/rest/api/2/myself"));
        // And back: an event of an issue that is marked as deleted is looked at.
        jira.clearFaults();
        awaitStatus(deliver(project, event("jira:issue_updated", jira.issue("DEMO-2"))), "processed");
        assertThat(ticket(project, "DEMO-2").path("syncStatus").asText()).isEqualTo("synced");
    }

    @Test
    void aLookAtAnIssueBelievesATimeThatGoesBackwards() {
        SimulatedJira jira = cloud(2);
        long project = synced(jira);
        ObjectNode issue = issueLater(jira, "DEMO-2", fields -> fields.put("summary", "Restored")
                .put("updated", "2020-01-01T00:00:00.000+0000"));
        ObjectNode worklog = event("worklog_created", null);
        worklog.putObject("worklog").put("issueId", issue.path("id").asText());

        awaitStatus(deliver(project, worklog), "processed");

        assertThat(ticket(project, "DEMO-2").path("summary").asText()).isEqualTo("Restored");
    }

    @Test
    void anEventIsComparedByJirasOwnTimeNotByAMappedOne() {
        SimulatedJira jira = cloud(2);
        long project = project(jira, config -> {
            config.put("webhookSecret", secret).put("deployment", "cloud");
            config.putObject("fieldMappings").put("updatedDate", "\"2036-01-01T00:00:00.000+0000\"");
        });
        sync(project, "full");
        ObjectNode older = issueLater(jira, "DEMO-1", fields -> fields.put("summary", "Older"));
        ObjectNode newer = issueLater(jira, "DEMO-1", fields -> fields.put("summary", "Newer"));

        awaitStatus(deliver(project, event("jira:issue_updated", newer)), "processed");
        assertThat(ticket(project, "DEMO-1").path("summary").asText()).isEqualTo("Newer");
        awaitStatus(deliver(project, event("jira:issue_updated", older)), "processed");
        assertThat(ticket(project, "DEMO-1").path("summary").asText()).isEqualTo("Newer");
    }

    @Test
    void twentyEventsThatSayTooLittleAreOneRequest() {
        SimulatedJira jira = cloud(2);
        long project = synced(jira);
        String key = "DEMO-2";
        ObjectNode issue = issueLater(jira, key, fields -> fields.put("summary", "Only Jira knows"));
        String self = jira.baseUri() + "/rest/api/2/issue/" + issue.path("id").asText() + "/comment/7";

        long last = 0;
        for (int i = 0; i < 20; i++) {
            ObjectNode comment = event("comment_created", null);
            comment.putObject("comment").put("id", String.valueOf(i)).put("self", self + i);
            last = deliver(project, comment);
        }
        awaitStatus(last, "processed");

        assertThat(ticket(project, key).path("summary").asText()).isEqualTo("Only Jira knows");
        assertThat(issueRequests(jira))
                .containsExactly("/rest/api/2/issue/" + issue.path("id").asText());
    }

    @Test
    void aCommentAndAWorklogAreThereAsSoonAsTheirEventsAndStayAsDeleted() {
        SimulatedJira jira = cloud(2);
        long project = synced(jira);
        String key = "DEMO-1";
        long issue = jira.issue(key).path("id").asLong();
        // Jira shows one of two.
        jira.editIssue(key, fields -> fields.withObjectProperty("comment")
                .put("total", 2)
                .withArrayProperty("comments")
                .add(discussed(jira, issue, 6).put("body", "as Jira has it")));

        ObjectNode created = event("comment_created", null);
        created.set("comment", discussed(jira, issue, 7).put("body", "too late for the issue's first twenty"));
        awaitStatus(deliver(project, created), "processed");
        ObjectNode logged = event("worklog_created", null);
        logged.set(
                "worklog",
                discussed(jira, issue, 8).put("issueId", String.valueOf(issue)).put("timeSpentSeconds", 90));
        awaitStatus(deliver(project, logged), "processed");

        String path = "/api/projects/" + project + "/jira-tickets/" + key;
        assertThat(get(path + "/comments").json().findValuesAsText("body"))
                .containsExactlyInAnyOrder("as Jira has it", "too late for the issue's first twenty");
        assertThat(get(path + "/worklogs").json().path(0).path("seconds").asInt())
                .isEqualTo(90);
        assertThat(ticket(project, key).path("worklogCount").asInt()).isEqualTo(1);

        ObjectNode deleted = event("comment_deleted", null);
        deleted.set("comment", discussed(jira, issue, 7));
        awaitStatus(deliver(project, deleted), "processed");
        ObjectNode unlogged = event("worklog_deleted", null);
        unlogged.set("worklog", discussed(jira, issue, 8).put("issueId", String.valueOf(issue)));
        awaitStatus(deliver(project, unlogged), "processed");

        assertThat(get(path + "/comments").json().findValues("deletedAt")).hasSize(1);
        assertThat(get(path + "/worklogs").json().findValues("deletedAt")).hasSize(1);
        assertThat(ticket(project, key).path("commentCount").asInt()).isEqualTo(1);
        assertThat(ticket(project, key).path("worklogCount").asInt()).isZero();
    }

    private static ObjectNode discussed(SimulatedJira jira, long issue, int id) {
        String now = Instant.now().toString();
        ObjectNode entry = MAPPER.createObjectNode()
                .put("id", String.valueOf(id))
                .put("self", jira.baseUri() + "/rest/api/2/issue/" + issue + "/comment/" + id)
                .put("created", now)
                .put("updated", now);
        entry.putObject("author").put("displayName", "Ann Lee").put("accountId", "5b1");
        return entry;
    }

    @Test
    void aDeletedIssueIsMarkedAndNoOlderEventBringsItBack() {
        SimulatedJira jira = cloud(3);
        long project = synced(jira);
        String key = "DEMO-2";
        ObjectNode issue = issueLater(jira, key, fields -> fields.put("summary", "Shortly before its end"));
        jira.deleteIssue(key);

        awaitStatus(deliver(project, event("jira:issue_deleted", issue)), "processed");
        assertThat(ticket(project, key).path("syncStatus").asText()).isEqualTo("deleted");
        awaitStatus(deliver(project, event("jira:issue_updated", issue)), "processed");

        assertThat(ticket(project, key).path("syncStatus").asText()).isEqualTo("deleted");
    }

    @Test
    void aMovedIssueKeepsItsRowAndItsFormerKeyFindsIt() {
        SimulatedJira jira = cloud(2);
        jira.addProject("OTHER", "Another project");
        long project = synced(jira);
        String key = "DEMO-1";
        long id = ticket(project, key).path("id").asLong();
        String moved = jira.moveIssue(key, "OTHER");

        awaitStatus(
                deliver(project, changed(event("jira:issue_updated", jira.issue(moved)), "Key", key, moved)),
                "processed");

        assertThat(ticket(project, key).path("id").asLong()).isEqualTo(id);
        assertThat(ticket(project, key).path("jiraKey").asText()).isEqualTo(moved);
        assertThat(ticket(project, key).path("syncStatus").asText()).isEqualTo("deleted");
        assertThat(ticket(project, key).path("deletedReason").asText()).isEqualTo("moved");

        String back = jira.moveIssue(moved, "DEMO");
        awaitStatus(
                deliver(project, changed(event("jira:issue_updated", jira.issue(back)), "Key", moved, back)),
                "processed");
        assertThat(ticket(project, back).path("id").asLong()).isEqualTo(id);
        assertThat(ticket(project, back).path("syncStatus").asText()).isEqualTo("synced");
    }

    @Test
    void aLookThatFindsAnIssueInAnotherProjectMarksItAsMoved() {
        SimulatedJira jira = cloud(2);
        jira.addProject("OTHER", "Another project");
        long project = synced(jira);
        String moved = jira.moveIssue("DEMO-1", "OTHER");
        String stranger = jira.createIssue("OTHER", fields -> fields.put("summary", "Never ours"));

        awaitStatus(deliver(project, worklogOf(jira.issue(moved))), "processed");
        awaitStatus(deliver(project, worklogOf(jira.issue(stranger))), "ignored");

        assertThat(ticket(project, moved).path("deletedReason").asText()).isEqualTo("moved");
        assertThat(get("/api/projects/" + project + "/jira-tickets/" + stranger).status())
                .isEqualTo(404);
    }

    @Test
    void anEventOfARenamedProjectIsKnownByItsId() {
        SimulatedJira jira = cloud(2);
        long project = synced(jira);
        jira.renameProject("DEMO", "SHOP");
        ObjectNode issue = issueLater(jira, "SHOP-1", fields -> fields.put("summary", "Under the new name"));

        awaitStatus(deliver(project, event("jira:issue_updated", issue)), "processed");

        assertThat(ticket(project, "SHOP-1").path("summary").asText()).isEqualTo("Under the new name");
        assertThat(ticket(project, "DEMO-1").path("jiraKey").asText()).isEqualTo("SHOP-1");
        assertThat(state(project, "jira_project_key")).isEqualTo("SHOP");
        // Another project that gets the former key is another project.
        jira.addProject("DEMO", "Another project");
        String other = jira.createIssue("DEMO", fields -> fields.put("summary", "Not ours"));
        assertThat(status(deliver(project, event("jira:issue_created", jira.issue(other)))))
                .isEqualTo("ignored");
    }

    @Test
    void anEventFindsOutWhichSiteANewAddressLeadsTo() {
        SimulatedJira first = cloud(2);
        long project = synced(first);
        SimulatedJira second = start(SimulatedJira.Options.cloud().seed(7));
        second.createIssue("DEMO", fields -> fields.put("summary", "Of the second site"));
        configure(project, second, config -> config.put("webhookSecret", secret).put("deployment", "cloud"));

        awaitStatus(deliver(project, event("jira:issue_created", second.issue("DEMO-1"))), "processed");

        assertThat(ticket(project, "DEMO-1").path("summary").asText()).isEqualTo("Of the second site");
        assertThat(jdbc.sql("SELECT count(*) FROM jira_tickets WHERE project_id = ? AND jira_key = 'DEMO-1'")
                        .param(project)
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void anEventWaitsForASiteThatDoesNotSayWhichItIs() {
        SimulatedJira first = cloud(2);
        long project = synced(first);
        SimulatedJira second = start(SimulatedJira.Options.cloud().seed(7));
        second.createIssue("DEMO", fields -> fields.put("summary", "Of the second site"));
        configure(project, second, config -> config.put("webhookSecret", secret).put("deployment", "cloud"));
        second.fail(Fault.serverError().onPath("/rest/api/2/serverInfo").untilCleared());

        long event = deliver(project, event("jira:issue_created", second.issue("DEMO-1")));

        await().atMost(LIMIT)
                .until(() -> get("/api/webhooks/events/" + event).json().has("errorMessage"));
        assertThat(ticket(project, "DEMO-1").path("summary").asText()).isNotEqualTo("Of the second site");
        second.clearFaults();
        // It may have had its two attempts by now.
        await().atMost(LIMIT).until(() -> {
            if (status(event).equals("dead")) {
                post("/api/webhooks/events/" + event + "/replay", ADMIN, null);
            }
            return status(event).equals("processed");
        });
        assertThat(ticket(project, "DEMO-1").path("summary").asText()).isEqualTo("Of the second site");
    }

    @Test
    void anEmptySearchIsBelievedOfAnAccountThatJiraKnows() {
        SimulatedJira jira = cloud(2);
        long project = project(jira, config -> config.put("webhookSecret", secret)
                .put("deployment", "cloud")
                .put("jql", "project = \"DEMO\" AND labels = \"nothing-has-it\""));
        completed(project, "full");
        String key = jira.createIssue("DEMO", fields -> fields.put("summary", "Outside of the scope"));
        jira.clearRequests();

        long event = deliver(project, worklogOf(jira.issue(key)));

        await().atMost(LIMIT).until(() -> List.of("processed", "ignored").contains(status(event)));
        assertThat(jira.requests()).anyMatch(request -> request.path().equals("/rest/api/2/myself"));
        assertThat(get("/api/projects/" + project + "/jira-tickets/" + key).status())
                .isEqualTo(404);
    }

    @Test
    void anIssueOfAnotherProjectIsNoneOfOurs() {
        SimulatedJira jira = cloud(1);
        jira.addProject("OTHER", "Another project");
        long project = synced(jira);
        String other = jira.createIssue("OTHER", fields -> fields.put("summary", "Not ours"));

        long event = deliver(project, event("jira:issue_created", jira.issue(other)));

        assertThat(status(event)).isEqualTo("ignored");
        assertThat(get("/api/projects/" + project + "/jira-tickets/" + other).status())
                .isEqualTo(404);
    }

    @Test
    void anEventThatKeepsFailingIsADeadLetterAndCanBeReplayed() {
        SimulatedJira jira = cloud(2);
        long project = synced(jira);
        String key = "DEMO-1";
        // Good calls enough that the failing ones do not open the circuit: while it is open, no attempt is made.
        sync(project, "full");
        ObjectNode issue = issueLater(jira, key, fields -> fields.put("summary", "Worth a second try"));
        jira.fail(Fault.serverError().untilCleared());
        ObjectNode comment = event("comment_created", null);
        comment.putObject("comment")
                .put(
                        "self",
                        jira.baseUri() + "/rest/api/2/issue/" + issue.path("id").asText() + "/comment/1");

        long event = deliver(project, comment);
        awaitStatus(event, "dead");

        JsonNode dead = get("/api/webhooks/events/" + event).json();
        assertThat(dead.path("attempts").asInt()).isEqualTo(2);
        assertThat(dead.path("errorMessage").asText()).contains("HTTP 500");
        jira.clearFaults();
        configure(project, jira, config -> config.put("deployment", "cloud"));
        assertThat(post("/api/webhooks/events/" + event + "/replay", ADMIN, null)
                        .status())
                .isEqualTo(202);
        awaitStatus(event, "processed");
        assertThat(ticket(project, key).path("summary").asText()).isEqualTo("Worth a second try");
    }

    @Test
    void aRateLimitIsWaitedForAndCostsNoAttempt() {
        SimulatedJira jira = cloud(2);
        long project = synced(jira);
        ObjectNode issue = jira.issue("DEMO-1");
        jira.fail(Fault.rateLimited(Duration.ofSeconds(1)).times(1));
        ObjectNode worklog = event("worklog_created", null);
        worklog.putObject("worklog").put("issueId", issue.path("id").asText());

        long event = deliver(project, worklog);
        awaitStatus(event, "processed");

        assertThat(get("/api/webhooks/events/" + event).json().path("attempts").asInt())
                .isZero();
    }

    @Test
    void moreEventsThanFitIntoABatchAreAppliedInTheirOrder() {
        SimulatedJira jira = cloud(3);
        long project = synced(jira);
        List<Long> events = new ArrayList<>();
        for (int i = 1; i <= 12; i++) {
            String key = "DEMO-" + (i % 3 + 1);
            String summary = "Change " + i;
            ObjectNode issue = issueLater(jira, key, fields -> fields.put("summary", summary));
            ((ObjectNode) issue.path("fields")).put("environment", "x".repeat(i == 5 ? 20_000 : 2_500));
            events.add(deliver(project, event("jira:issue_updated", issue)));
        }

        events.forEach(event -> awaitStatus(event, "processed"));

        assertThat(List.of(
                        ticket(project, "DEMO-1").path("summary").asText(),
                        ticket(project, "DEMO-2").path("summary").asText(),
                        ticket(project, "DEMO-3").path("summary").asText()))
                .containsExactly("Change 12", "Change 10", "Change 11");
    }

    @Test
    void anEventOfAVersionBringsTheTicketsThatItConcerns() {
        SimulatedJira jira = cloud(3);
        long project = synced(jira);
        ObjectNode version = event("jira:version_released", null);
        version.putObject("version").put("id", "10001").put("self", jira.baseUri() + "/rest/api/2/version/10001");

        awaitStatus(deliver(project, version), "processed");

        JsonNode log = get("/api/projects/" + project + "/jira-sync-logs?syncType=webhook")
                .json()
                .get(0);
        assertThat(log.path("jql").asText()).contains("fixVersion = 10001");
    }

    @Test
    void whatBringsNoWholeIssueOfAnUnknownTicketIsFetched() {
        SimulatedJira jira = cloud(1);
        long project = synced(jira);
        String key = jira.createIssue("DEMO", fields -> fields.put("summary", "New by a post function"));
        ObjectNode body = MAPPER.createObjectNode().put("comment", "a text");
        body.putObject("transition").put("workflowName", "simple");
        body.putObject("issue").put("id", jira.issue(key).path("id").asText()).put("key", key);

        awaitStatus(deliver(project, body), "processed");

        assertThat(ticket(project, key).path("summary").asText()).isEqualTo("New by a post function");
    }

    @Test
    void countersTellWhatHappened() {
        SimulatedJira jira = cloud(1);
        long project = synced(jira);
        JsonNode before =
                get("/api/webhooks/status").json().path("byIntegration").path("jira");
        Instant begin = Instant.now();
        List<Long> events = List.of(
                deliver(project, event("jira:issue_updated", jira.issue("DEMO-1"))),
                deliver(project, event("filter_created", null)));
        awaitStatus(events.get(0), "processed");

        JsonNode after = get("/api/webhooks/status").json();
        JsonNode jiras = after.path("byIntegration").path("jira");
        assertThat(jiras.path("received").asLong() - before.path("received").asLong())
                .isEqualTo(2);
        assertThat(jiras.path("processed").asLong() - before.path("processed").asLong())
                .isEqualTo(1);
        assertThat(jiras.path("ignored").asLong() - before.path("ignored").asLong())
                .isEqualTo(1);
        assertThat(Instant.parse(after.path("lastReceivedAt").asText())).isAfter(begin.minusSeconds(5));
    }

    @Test
    void anIncrementalSyncSaysWhatNoWebhookBrought() {
        SimulatedJira jira = cloud(3);
        long project = synced(jira);
        awaitStatus(deliver(project, event("jira:issue_updated", jira.issue("DEMO-1"))), "processed");
        jira.editIssue("DEMO-2", fields -> fields.put("summary", "A webhook may still be on its way"));
        // As if the change of long ago had never come here.
        jdbc.sql("UPDATE jira_tickets SET content_hash = 'other' WHERE project_id = ? AND jira_key = 'DEMO-3'")
                .param(project)
                .update();
        jdbc.sql("UPDATE jira_sync_state SET cursor_ms = 0 WHERE project_id = ?")
                .param(project)
                .update();
        sync(project, "incremental");

        JsonNode warning = get("/api/projects/" + project + "/jira-sync-logs")
                .json()
                .get(0)
                .path("warnings")
                .path(0);
        assertThat(warning.path("code").asText()).isEqualTo("webhook-gap");
        assertThat(warning.path("message").asText()).contains("DEMO-3").doesNotContain("DEMO-2");
        assertThat(ticket(project, "DEMO-2").path("summary").asText()).isEqualTo("A webhook may still be on its way");
    }

    @Test
    void anEventWhoseConnectionIsGoneByNowIsIgnored() {
        SimulatedJira jira = cloud(1);
        long project = synced(jira);
        jira.fail(Fault.rateLimited(Duration.ofSeconds(2)).untilCleared());
        ObjectNode worklog = event("worklog_created", null);
        worklog.putObject("worklog")
                .put("issueId", jira.issue("DEMO-1").path("id").asText());
        long event = deliver(project, worklog);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(get("/api/webhooks/events/" + event)
                        .json()
                        .path("errorMessage")
                        .asText())
                .contains("rate limit"));

        assertThat(delete("/api/projects/" + project + "/jira-config", ADMIN).status())
                .isEqualTo(204);

        awaitStatus(event, "ignored");
    }

    @Test
    void whatAnInstanceLeftWhenItDiedIsTakenUpByAnother() {
        SimulatedJira jira = cloud(1);
        long project = synced(jira);
        long event = deliver(project, event("jira:issue_updated", jira.issue("DEMO-1")));
        awaitStatus(event, "processed");
        jdbc.sql("UPDATE webhook_events SET status = 'pending', processed_at = NULL WHERE id = ?")
                .param(event)
                .update();
        jdbc.sql("UPDATE webhook_queue SET owner = 'an instance that died', lease_until = now() - interval '1 minute',"
                        + " due_at = 'infinity' WHERE project_id = ?")
                .param(project)
                .update();

        awaitStatus(event, "processed");
    }
}
