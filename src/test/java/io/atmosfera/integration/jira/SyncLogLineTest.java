package io.atmosfera.integration.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.atmosfera.integration.LogLines;
import io.atmosfera.sandbox.jira.Fault;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an operator reads of syncs in the log, and what a failing one does to the connection's health. */
class SyncLogLineTest extends JiraSyncTest {

    @Test
    void aSyncIsALineAtItsStartAndOneAtItsEnd() {
        long project = project(cloud(25));
        String key = get("/api/projects/" + project).json().path("key").asText();
        try (LogLines log = LogLines.of("io.atmosfera.integration.sync")) {
            long sync = completed(project, "full").path("id").asLong();
            String of = "Jira sync " + sync + " of " + key;

            List<String> lines = await().atMost(PATIENCE).until(() -> log.with(of), said -> said.size() == 2);
            assertThat(lines.get(0)).isEqualTo("INFO " + of + " started: full");
            assertThat(lines.get(1)).matches("INFO " + of + " completed: 25 tickets, 25 created, \\d+\\.\\d s");
        }
    }

    @Test
    void aConnectionIsNotUpWhileItsSyncsFail() {
        SimulatedJira jira = cloud(5);
        long project = project(jira);
        completed(project, "full");
        post("/api/projects/" + project + "/jira-test-connection", ADMIN, null);
        assertThat(health(project).path("status").asText()).isEqualTo("UP");
        jira.fail(Fault.serverError()
                .matching(request -> isPage(request) && !"1".equals(request.parameter("maxResults")))
                .untilCleared());
        try (LogLines log = LogLines.of("io.atmosfera.integration.sync")) {
            String reason = failed(project, "incremental");

            await().atMost(PATIENCE).until(() -> !log.with(" failed: ").isEmpty());
            assertThat(log.with(" failed: ").get(0))
                    .startsWith("WARN Jira sync ")
                    .contains(" s. " + reason);
            assertThat(health(project).path("status").asText()).isEqualTo("DEGRADED");
            assertThat(health(project).path("error").asText()).isEqualTo("The last sync failed: " + reason);
            assertThat(get("/api/integrations/health").json().path("status").asText())
                    .isNotEqualTo("UP");
        }
        // A probe asks other things than a sync, and they are answered: the connection is not up all the same.
        String before = health(project).path("lastTested").asText();
        jdbc.sql("UPDATE connection_health SET next_probe = now() WHERE config_id ="
                        + " (SELECT id FROM integration_configs WHERE project_id = ?)")
                .param(project)
                .update();
        await().atMost(PATIENCE)
                .until(() -> !health(project).path("lastTested").asText().equals(before));
        assertThat(health(project).path("status").asText()).isEqualTo("DEGRADED");

        jira.clearFaults();
        completed(project, "incremental");
        assertThat(health(project).path("status").asText()).isEqualTo("UP");
        assertThat(health(project).has("error")).isFalse();
    }
}
