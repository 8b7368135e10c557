package io.atmosfera.integration.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.atmosfera.integration.PlatformTest;
import io.atmosfera.sandbox.jira.Fault;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.time.Duration;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What calls meet tells of a connection as much as its probes do. */
class ConnectionCallsTest extends PlatformTest {

    @Autowired
    private ProducerTemplate producer;

    @Test
    void aSyncWhoseCredentialIsRefusedCountsOnce() {
        try (SimulatedJira jira =
                SimulatedJira.start(SimulatedJira.Options.cloud().initialIssues(3))) {
            long project = post("/api/projects", ADMIN, "{\"name\": \"Once\", \"key\": \"ONCE\"}")
                    .json()
                    .path("id")
                    .asLong();
            String path = "/api/projects/" + project;
            post(
                    path + "/jira-config",
                    ADMIN,
                    """
                    {"jiraUrl": "%s", "email": "demo@example.com", "apiKey": "sandbox", "projectKey": "DEMO",
                     "autoSync": false}"""
                            .formatted(jira.baseUri()));
            long config = jdbc.sql("SELECT id FROM integration_configs WHERE project_id = ?")
                    .param(project)
                    .query(Long.class)
                    .single();
            post(path + "/jira-test-connection", ADMIN, null);
            producer.sendBody("direct:connection-calls-note", null);
            // No probe comes in between.
            jdbc.sql("UPDATE connection_health SET next_probe = 'infinity' WHERE config_id = ?")
                    .param(config)
                    .update();
            jdbc.sql("DELETE FROM connection_probes WHERE config_id = ?")
                    .param(config)
                    .update();

            jira.fail(Fault.unauthorized().untilCleared());
            post(path + "/jira-sync", ADMIN, "{\"syncType\": \"full\"}");
            await().atMost(Duration.ofSeconds(40)).until(() -> get(path + "/jira-sync-logs")
                    .json()
                    .path(0)
                    .path("status")
                    .asText()
                    .equals("failed"));
            producer.sendBody("direct:connection-calls-note", null);

            assertThat(jdbc.sql("SELECT ok FROM connection_probes WHERE config_id = ?")
                            .param(config)
                            .query(Boolean.class)
                            .list())
                    .containsExactly(false);
        }
    }

    @Test
    void callsThatFailCountAgainstTheUptime() {
        try (SimulatedJira jira =
                SimulatedJira.start(SimulatedJira.Options.cloud().initialIssues(3))) {
            long project = post("/api/projects", ADMIN, "{\"name\": \"Calls\", \"key\": \"CALLS\"}")
                    .json()
                    .path("id")
                    .asLong();
            post(
                    "/api/projects/" + project + "/jira-config",
                    ADMIN,
                    """
                    {"jiraUrl": "%s", "email": "demo@example.com", "apiKey": "sandbox", "projectKey": "DEMO",
                     "autoSync": false}"""
                            .formatted(jira.baseUri()));
            long config = jdbc.sql("SELECT id FROM integration_configs WHERE project_id = ?")
                    .param(project)
                    .query(Long.class)
                    .single();

            jira.fail(Fault.serverError().untilCleared());
            post("/api/projects/" + project + "/jira-test-connection", ADMIN, null);
            producer.sendBody("direct:connection-calls-note", null);
            jira.clearFaults();
            post("/api/projects/" + project + "/jira-test-connection", ADMIN, null);
            producer.sendBody("direct:connection-calls-note", null);

            assertThat(jdbc.sql("SELECT ok FROM connection_probes WHERE config_id = ? AND latency_ms IS NULL")
                            .param(config)
                            .query(Boolean.class)
                            .list())
                    .contains(false);
            assertThat(get("/api/projects/" + project + "/connection-history?integrationType=jira&hours=1")
                            .json())
                    .isNotEmpty()
                    .anySatisfy(span ->
                            assertThat(span.path("uptimePercent").asDouble()).isLessThan(100));
        }
    }
}
