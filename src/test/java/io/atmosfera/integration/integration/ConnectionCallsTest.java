package io.atmosfera.integration.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.atmosfera.integration.PlatformTest;
import io.atmosfera.integration.sandbox.Fault;
import io.atmosfera.integration.sandbox.SimulatedJira;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What calls meet tells of a connection as much as its probes do. */
class ConnectionCallsTest extends PlatformTest {

    @Autowired
    private ProducerTemplate producer;

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
