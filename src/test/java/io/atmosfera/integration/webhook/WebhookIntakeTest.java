package io.atmosfera.integration.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.atmosfera.integration.Answer;
import io.atmosfera.integration.SignedDelivery;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The door for webhooks: what gets in, what does not, and what is kept of it. */
class WebhookIntakeTest extends WebhookSupport {

    private static final String SITE = "https://intake.example.com";

    private static String event(String key, String project, String site) {
        return """
                {"timestamp": 1700000000000, "webhookEvent": "jira:issue_updated", "trace": "%s",
                 "issue": {"id": "10001", "key": "%s-1", "self": "%s/rest/api/2/issue/10001", "fields": {}}}"""
                .formatted(key, project, site);
    }

    @Test
    void aSignedDeliveryIsDurableWhenItIsAnswered() {
        long project = jiraProject(SITE, "DUR", "a-secret-of-durable");
        String body = event(UUID.randomUUID().toString(), "DUR", SITE);

        Answer answer = jira(body, "a-secret-of-durable", "delivery-1");

        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.json().path("status").asText()).isEqualTo("accepted");
        var row = jdbc.sql("SELECT * FROM webhook_events WHERE id = ?")
                .param(answer.json().path("eventId").asLong())
                .query()
                .singleRow();
        assertThat(row)
                .containsEntry("project_id", project)
                .containsEntry("event_type", "jira:issue_updated")
                .containsEntry("delivery_id", "delivery-1")
                .containsEntry("entity", "jira/issue/10001")
                .containsEntry("payload_length", body.getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void theSameDeliveryIsADuplicateWithTheFirstId() {
        jiraProject(SITE, "DUP", "a-secret-of-dup");
        String body = event(UUID.randomUUID().toString(), "DUP", SITE);

        Answer first = jira(body, "a-secret-of-dup", "delivery-2");
        Answer again = jira(body, "a-secret-of-dup", "delivery-2");
        Answer underAnotherId = jira(body, "a-secret-of-dup", "delivery-3");

        assertThat(first.json().path("status").asText()).as(first.text()).isEqualTo("accepted");
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.json().path("status").asText()).isEqualTo("duplicate");
        assertThat(again.json().path("eventId")).isEqualTo(first.json().path("eventId"));
        assertThat(underAnotherId.json().path("status").asText()).isEqualTo("duplicate");
        assertThat(underAnotherId.json().path("eventId")).isEqualTo(first.json().path("eventId"));
    }

    @Test
    void aDeadLetterThatItsSenderSendsAgainIsAppliedOnceMore() {
        jiraProject(SITE, "DEAD", "a-secret-of-dead");
        String body = event(UUID.randomUUID().toString(), "DEAD", SITE);
        long event = jira(body, "a-secret-of-dead", "delivery-dead")
                .json()
                .path("eventId")
                .asLong();
        jdbc.sql(
                        """
                        WITH given_up AS (DELETE FROM webhook_queue WHERE entity = 'jira/issue/10001' RETURNING project_id)
                        UPDATE webhook_events SET status = 'dead', attempts = 5, processed_at = now() WHERE id = ?""")
                .param(event)
                .update();
        long received = received();

        Answer underAnotherId = jira(body, "a-secret-of-dead", "delivery-dead-2");
        Answer again = jira(body, "a-secret-of-dead", "delivery-dead");
        Answer onceMore = jira(body, "a-secret-of-dead", "delivery-dead");

        assertThat(underAnotherId.text()).contains("\"duplicate\"");
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.json().path("status").asText()).isEqualTo("accepted");
        assertThat(again.json().path("eventId").asLong()).isEqualTo(event);
        assertThat(onceMore.text()).contains("\"duplicate\"");
        assertThat(received()).isEqualTo(received);
        assertThat(jdbc.sql("SELECT attempts FROM webhook_events WHERE id = ? AND status <> 'dead'")
                        .param(event)
                        .query(Integer.class)
                        .single())
                .isLessThan(5);
        assertThat(jdbc.sql("SELECT count(*) FROM webhook_queue WHERE entity = 'jira/issue/10001'")
                        .query(Integer.class)
                        .single())
                .isPositive();
    }

    private long received() {
        return get("/api/webhooks/status").json().path("received").asLong();
    }

    @Test
    void aJiraThatTakesItselfToBeElsewhereIsKnownByThatAddressToo() {
        try (SimulatedJira site =
                SimulatedJira.start(SimulatedJira.Options.cloud().credentials("a@example.com", "key"))) {
            String own = site.baseUri().toString();
            long project = jiraProject(own.replace("127.0.0.1", "localhost"), "DEMO", "a-secret-of-elsewhere");
            assertThat(jira(event("before", "DEMO", own), "a-secret-of-elsewhere", "elsewhere-1")
                            .json()
                            .path("status")
                            .asText())
                    .isEqualTo("ignored");

            assertThat(post("/api/projects/" + project + "/jira-test-connection", ADMIN, null)
                            .status())
                    .isEqualTo(200);

            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                            jira(event(UUID.randomUUID().toString(), "DEMO", own), "a-secret-of-elsewhere", null)
                                    .json()
                                    .path("status")
                                    .asText())
                    .isEqualTo("accepted"));
        }
    }

    @Test
    void whatIsNotSignedOrSignedWithAnotherSecretIsRefused() {
        jiraProject(SITE, "REF", "a-secret-of-ref");
        long other = jiraProject(SITE, "OTH", "a-secret-of-oth");
        String body = event(UUID.randomUUID().toString(), "REF", SITE);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);

        assertThat(send(raw("/api/webhooks/jira", bytes)).status()).isEqualTo(401);
        assertThat(jira(body, "no-secret-at-all", "x").status()).isEqualTo(401);
        assertThat(jira(body, "a-secret-of-oth", "x").status()).isEqualTo(401);
        assertThat(jira(other, body, "a-secret-of-oth", "x")
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("ignored");
        assertThat(jira(999_999, body, "a-secret-of-oth", "x").status()).isEqualTo(401);
        assertThat(send(SignedDelivery.github(port, "/api/webhooks/jira", bytes, "a-secret-of-ref", "push", "x"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void whatIsSignedButNoJsonObjectIsInvalid() {
        long project = jiraProject(SITE, "INV", "a-secret-of-inv");

        for (String body : new String[] {"", "nonsense", "[1]", "7", "{\"a\": 1", "{\"a\": 1, \"a\": 2}", "{} {}"}) {
            Answer answer = jira(project, body, "a-secret-of-inv", "x");
            assertThat(answer.status()).as(body + " " + answer.text()).isEqualTo(400);
        }
        Answer unknown = jira(project, "{\"hello\": \"world\"}", "a-secret-of-inv", "y");
        assertThat(unknown.status()).isEqualTo(202);
        assertThat(unknown.json().path("status").asText()).isEqualTo("ignored");
    }
}
