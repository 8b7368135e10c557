package io.atmosfera.integration.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.LiveSocket;
import io.atmosfera.sandbox.jira.Fault;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What followers of a project are told of its syncs and its connection. */
class LiveSyncTest extends JiraSyncTest {

    private static List<String> types(LiveSocket socket) {
        return socket.messages().stream()
                .map(message -> message.path("type").asText())
                .toList();
    }

    /** The message that a sync has ended; all others of it came before. */
    private static JsonNode end(LiveSocket socket, long sync) {
        return socket.await(message -> message.path("type").asText().matches("sync_(completed|failed)")
                && message.path("syncId").asLong() == sync);
    }

    private static Fault slowly(long millis) {
        return Fault.slow(Duration.ofMillis(millis))
                .matching(JiraSyncTest::isPage)
                .untilCleared();
    }

    @Test
    void aSyncIsToldFromItsStartToItsEnd() {
        SimulatedJira jira = cloud(40);
        jira.fail(slowly(700));
        long project = project(jira);
        try (LiveSocket socket = LiveSocket.open(port, "?projectId=" + project, ADMIN)) {
            long sync = begin(project, "full");
            JsonNode end = end(socket, sync);

            assertThat(types(socket)).startsWith("sync_started").endsWith("sync_completed");
            JsonNode start = socket.await("sync_started");
            assertThat(start.path("projectId").asLong()).isEqualTo(project);
            assertThat(start.path("syncId").asLong()).isEqualTo(sync);
            assertThat(start.path("sync").path("status").asText()).isEqualTo("running");
            assertThat(start.path("at").asText()).endsWith("Z");
            assertThat(end.path("sync")).isEqualTo(log(project, sync));

            List<JsonNode> progress = socket.messages("sync_progress");
            assertThat(progress)
                    .hasSizeBetween(2, 8)
                    .isSortedAccordingTo((one, other) -> Integer.compare(
                            one.path("sync").path("ticketsProcessed").asInt(),
                            other.path("sync").path("ticketsProcessed").asInt()));
            assertThat(progress).anySatisfy(message -> assertThat(
                            message.path("sync").path("ticketsProcessed").asInt())
                    .isBetween(10, 39));
        }
    }

    @Test
    void aSyncThatFailsIsToldWithItsReasonAndAnAlert() {
        SimulatedJira jira = cloud(3);
        long project = project(jira, config -> config.put("apiKey", "wrong"));
        try (LiveSocket socket = LiveSocket.open(port, "?projectId=" + project, ADMIN)) {
            long sync = begin(project, "full");
            JsonNode end = end(socket, sync);
            JsonNode health = socket.await("health_changed");

            String reason = log(project, sync).path("errorMessage").asText();
            assertThat(end.path("type").asText()).isEqualTo("sync_failed");
            assertThat(end.path("sync").path("errorMessage").asText()).isEqualTo(reason);
            assertThat(health.path("status").asText()).isEqualTo("DOWN");
            assertThat(health.path("integrationType").asText()).isEqualTo("jira");
            assertThat(health.path("error").asText()).isNotBlank();
            JsonNode failed =
                    socket.await(message -> message.path("message").asText().startsWith("Sync " + sync));
            assertThat(failed.path("type").asText()).isEqualTo("alert");
            assertThat(failed.path("severity").asText()).isEqualTo("error");
            assertThat(failed.path("message").asText()).isEqualTo("Sync " + sync + " failed: " + reason);
            socket.await(message -> message.path("type").asText().equals("alert")
                    && message.path("message").asText().startsWith("The Jira connection is down: "));
        }
    }

    @Test
    void healthIsToldOnlyWhenItChanges() {
        SimulatedJira jira = cloud(1);
        long project = project(jira);
        try (LiveSocket socket = LiveSocket.open(port, "?projectId=" + project, ADMIN)) {
            await().atMost(PATIENCE).until(() -> {
                post("/api/projects/" + project + "/jira-test-connection", ADMIN, null);
                return health(project).path("status").asText().equals("UP");
            });
            socket.await("health_changed");
            post("/api/projects/" + project + "/jira-test-connection", ADMIN, null);
            jdbc.sql("UPDATE connection_health SET next_probe = now() WHERE config_id IN"
                            + " (SELECT id FROM integration_configs WHERE project_id = ?)")
                    .param(project)
                    .update();
            completed(project, "full");
            socket.await("sync_completed");

            assertThat(socket.messages("health_changed")).singleElement().satisfies(message -> {
                assertThat(message.path("status").asText()).isEqualTo("UP");
                assertThat(message.has("error")).isFalse();
            });
            assertThat(socket.messages("alert")).isEmpty();
        }
    }

    @Test
    void aCancelledSyncIsToldAsFailedWithItsStatus() {
        SimulatedJira jira = cloud(60);
        jira.fail(slowly(300));
        long project = project(jira);
        try (LiveSocket socket = LiveSocket.open(port, "?projectId=" + project, ADMIN)) {
            long sync = begin(project, "full");
            socket.await("sync_started");
            cancel(project, sync);

            JsonNode end = end(socket, sync);
            assertThat(end.path("type").asText()).isEqualTo("sync_failed");
            assertThat(end.path("sync").path("status").asText()).isEqualTo("cancelled");
            assertThat(socket.messages("alert")).isEmpty();
        }
    }

    @Test
    void aSyncThatWaitsIsToldAtOnce() {
        SimulatedJira jira = cloud(30);
        long project = project(jira);
        jira.fail(Fault.rateLimited(Duration.ofSeconds(3600))
                .matching(JiraSyncTest::isPage)
                .onNth(2)
                .times(1));
        try (LiveSocket socket = LiveSocket.open(port, "?projectId=" + project, ADMIN)) {
            long sync = begin(project, "full");

            JsonNode wait = socket.await(message -> message.path("sync").has("waitingUntil"));
            assertThat(wait.path("type").asText()).isEqualTo("sync_progress");
            assertThat(wait.path("sync").path("stateText").asText()).contains("waiting until");
            cancel(project, sync);
            end(socket, sync);
        }
    }

    @Test
    void aDeletionThatIsHeldBackIsAnAlert() {
        SimulatedJira jira = cloud(3);
        long project = project(jira);
        completed(project, "full");
        jira.fail(Fault.emptyResult().matching(JiraSyncTest::isPage).untilCleared());
        try (LiveSocket socket = LiveSocket.open(port, "?projectId=" + project, ADMIN)) {
            long sync = begin(project, "full");
            end(socket, sync);

            JsonNode alert = socket.await("alert");
            assertThat(alert.path("severity").asText()).isEqualTo("warning");
            assertThat(alert.path("message").asText()).startsWith("Sync " + sync + " holds a deletion back: ");
            assertThat(socket.messages("alert")).hasSize(1);
        }
    }

    @Test
    void longTextsAreCutAndHarmNoSync() {
        SimulatedJira jira = cloud(1);
        long project = project(jira);
        try (LiveSocket socket = LiveSocket.open(port, "?projectId=" + project, ADMIN)) {
            jdbc.sql(
                            """
                            INSERT INTO sync_logs (project_id, source, sync_type, status, error_message, warnings, requested_jql)
                            VALUES (?, 'jira', 'manual', 'running', repeat('ö', 5000), (
                                SELECT jsonb_agg(jsonb_build_object('code', 'test', 'message', repeat(chr(1) || '"', 2000)))
                                FROM generate_series(1, 20)), repeat('x', 9000))
                            RETURNING publish_sync_start(sync_logs)""")
                    .param(project)
                    .query()
                    .singleValue();

            JsonNode told = socket.await("sync_started");
            assertThat(told.path("syncId").asLong()).isPositive();
            assertThat(told.path("truncated").asBoolean() || told.has("sync")).isTrue();
            jdbc.sql(
                            "UPDATE sync_logs SET status = 'failed' WHERE project_id = ? RETURNING publish_sync_end(sync_logs)")
                    .param(project)
                    .query()
                    .singleValue();
            assertThat(socket.await("alert").path("message").asText()).hasSize(500);
        }
    }
}
