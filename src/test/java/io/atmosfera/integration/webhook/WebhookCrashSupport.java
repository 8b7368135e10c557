package io.atmosfera.integration.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.atmosfera.integration.PlatformProcess;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Platforms as processes under a load of events, and what must be there in the end. */
abstract class WebhookCrashSupport {

    static final String SECRET = "a-secret-of-processes";
    static final Map<String, String> SETTINGS = Map.of(
            "PLATFORM_WEBHOOKS_LEASEDURATION", "3s",
            "PLATFORM_WEBHOOKS_RETRYPOLICY_BACKOFFMS", "200",
            "PLATFORM_WEBHOOKS_RETRYPOLICY_MAXATTEMPTS", "20",
            "PLATFORM_JIRA_PROBEINTERVAL", "1h");

    private static final Duration LIMIT = Duration.ofSeconds(90);

    /** A project whose Jira is the load's. */
    static long project(PlatformProcess platform) {
        long project = platform.request("POST", "/api/projects", "{\"name\": \"Load\", \"key\": \"LOAD\"}")
                .path("id")
                .asLong();
        platform.request(
                "POST",
                "/api/projects/" + project + "/jira-config",
                """
                {"jiraUrl": "%s", "email": "a@example.com", "apiKey": "key", "projectKey": "LOAD", "autoSync": false,
                 "deployment": "cloud", "webhookSecret": "%s"}"""
                        .formatted(IssueLoad.SITE, SECRET));
        return project;
    }

    static String path(long project) {
        return "/api/projects/" + project + "/jira-webhook";
    }

    static JdbcClient jdbc(String database) {
        return JdbcClient.create(new DriverManagerDataSource(database));
    }

    /** Every delivery that was acknowledged is there once, all are applied, and each issue is in its newest state. */
    static void assertNothingLostOrDoubled(JdbcClient jdbc, IssueLoad load) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(
                        counts(jdbc, "SELECT status AS name, count(*) AS n FROM webhook_events GROUP BY 1"))
                .containsOnlyKeys("processed"));

        Map<String, Long> stored =
                counts(jdbc, "SELECT delivery_id AS name, count(*) AS n FROM webhook_events GROUP BY 1");
        assertThat(stored.keySet()).containsAll(load.acknowledged().keySet());
        assertThat(stored.values()).containsOnly(1L);
        assertThat(counts(jdbc, "SELECT delivery_id AS name, id AS n FROM webhook_events"))
                .containsAllEntriesOf(load.acknowledged());

        Map<String, Long> newest = new HashMap<>();
        load.newest().forEach((issue, change) -> newest.put("LOAD-" + (issue + 1), (long) change));
        assertThat(counts(jdbc, "SELECT jira_key AS name, substring(summary FROM 8)::bigint AS n FROM jira_tickets"))
                .isEqualTo(newest);
        assertThat(
                        counts(
                                jdbc,
                                """
                        SELECT t.jira_key AS name, count(DISTINCT c.to_text) AS n
                        FROM jira_tickets t JOIN jira_ticket_changes c ON c.ticket_id = t.id GROUP BY 1"""))
                .isEqualTo(newest);
        assertThat(
                        counts(
                                jdbc,
                                """
                        SELECT 'received' AS name, sum(received)::bigint AS n FROM webhook_counters
                        UNION SELECT 'processed', sum(processed)::bigint FROM webhook_counters
                        UNION SELECT 'open', sum(open)::bigint FROM webhook_counters"""))
                .isEqualTo(Map.of("received", (long) stored.size(), "processed", (long) stored.size(), "open", 0L));
        assertThat(
                        counts(
                                jdbc,
                                "SELECT 'waiting' AS name, count(*) AS n FROM webhook_queue WHERE owner IS NOT NULL OR due_at < now()"))
                .isEqualTo(Map.of("waiting", 0L));
    }

    private static Map<String, Long> counts(JdbcClient jdbc, String sql) {
        Map<String, Long> counts = new HashMap<>();
        jdbc.sql(sql).query(row -> {
            counts.put(row.getString("name"), row.getLong("n"));
        });
        return counts;
    }
}
