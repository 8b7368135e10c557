package io.atmosfera.integration;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Gives the first start of the sandbox something to show: a project that points at the simulated Jira, and its first
 * full sync. It goes through the same routes as a person's requests, and waits for the sync so that the start message
 * is the last thing said.
 */
@Component
@Profile("sandbox")
class SandboxProject {

    private static final Logger LOG = LoggerFactory.getLogger(SandboxProject.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long GLANCE_MILLIS = 100;
    private static final Map<String, Object> ACTOR = Map.of("PlatformActor", "sandbox");

    private final ProducerTemplate camel;
    private final JdbcClient jdbc;
    private final Environment environment;

    SandboxProject(ProducerTemplate camel, JdbcClient jdbc, Environment environment) {
        this.camel = camel;
        this.jdbc = jdbc;
        this.environment = environment;
    }

    @EventListener(ApplicationReadyEvent.class)
    @Order(0)
    void prepare() throws InterruptedException {
        if (count("SELECT count(*) FROM projects") > 0) {
            return;
        }
        camel.requestBodyAndHeaders("direct:project-create", "{\"name\": \"Demo\", \"key\": \"DEMO\"}", ACTOR);
        Map<String, Object> project =
                Map.of("PlatformActor", "sandbox", "projectId", count("SELECT min(id) FROM projects"));
        String config =
                """
                {"jiraUrl": "http://127.0.0.1:%s", "email": "demo@example.com", "apiKey": "sandbox", "projectKey": "DEMO",
                 "syncIntervalMinutes": 1, "webhookSecret": "%s"}
                """
                        .formatted(
                                environment.getProperty("platform.sandbox.port", "8090"),
                                environment.getProperty("platform.sandbox.webhook-secret", "sandbox-webhook-secret"));
        camel.requestBodyAndHeaders("direct:jira-config-save", config, project);
        camel.requestBodyAndHeaders("direct:jira-sync-start", "{\"syncType\": \"full\"}", project);
        Instant limit = Instant.now().plus(PATIENCE);
        while (count("SELECT count(*) FROM sync_logs WHERE status = 'running'") > 0
                && Instant.now().isBefore(limit)) {
            Thread.sleep(GLANCE_MILLIS);
        }
        LOG.info("Made the project DEMO, which points at the simulated Jira, and synced it for the first time");
    }

    private long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }
}
