package io.atmosfera.integration.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atmosfera.integration.PlatformProcess;
import io.atmosfera.integration.TestDatabase;
import io.atmosfera.sandbox.http.RecordedRequest;
import io.atmosfera.sandbox.jira.Fault;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The platform as a process of its own, killed in the middle of a full sync. */
class CrashTest {

    private static final int ISSUES = 3000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final String database = TestDatabase.create();
    private @Nullable PlatformProcess platform;
    private @Nullable SimulatedJira jira;

    @AfterEach
    void stop() {
        if (platform != null) {
            platform.close();
        }
        if (jira != null) {
            jira.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aKilledSyncIsResumedWithNothingLostOrDoubled(boolean cloud) throws Exception {
        SimulatedJira site =
                SimulatedJira.start((cloud ? SimulatedJira.Options.cloud() : SimulatedJira.Options.dataCenter())
                        .initialIssues(ISSUES)
                        .maxPageSize(100));
        jira = site;
        site.fail(Fault.slow(Duration.ofMillis(200))
                .matching(JiraSyncTest::isPage)
                .untilCleared());
        PlatformProcess process = start();
        long project = process.request("POST", "/api/projects", "{\"name\": \"Crash\", \"key\": \"CRASH\"}")
                .path("id")
                .asLong();
        String path = "/api/projects/" + project;
        process.request(
                "POST",
                path + "/jira-config",
                JSON.createObjectNode()
                        .put("jiraUrl", site.baseUri().toString())
                        .put("email", "demo@example.com")
                        .put("apiKey", "sandbox")
                        .put("projectKey", "DEMO")
                        .put("autoSync", false)
                        .toString());
        long sync = process.request("POST", path + "/jira-sync", "{\"syncType\": \"full\"}")
                .path("syncId")
                .asLong();
        await().atMost(PATIENCE)
                .until(() -> process.request("GET", path + "/jira-sync-logs/" + sync, null)
                                .path("pages")
                                .asInt()
                        >= 8);

        process.kill();
        long stored = tickets();
        assertThat(stored).isBetween(800L, (long) ISSUES - 1);
        Set<String> before = positions(site.requests());
        site.clearRequests();
        site.clearFaults();
        process.begin().ready();

        JsonNode successor = await().atMost(PATIENCE)
                .until(
                        () -> process.request("GET", path + "/jira-sync-logs", null)
                                .get(0),
                        log -> log.path("status").asText().equals("completed"));
        assertThat(successor.path("resumedFrom").asLong()).isEqualTo(sync);
        assertThat(process.request("GET", path + "/jira-sync-logs/" + sync, null)
                        .path("status")
                        .asText())
                .isEqualTo("failed");
        assertThat(process.request("GET", path + "/jira-sync-logs", null)).hasSize(2);
        assertThat(tickets()).isEqualTo(ISSUES);
        assertThat(jdbc().sql("SELECT count(DISTINCT jira_id) FROM jira_tickets")
                        .query(Long.class)
                        .single())
                .isEqualTo(ISSUES);
        assertThat(jdbc().sql("SELECT count(*) FROM jira_ticket_payloads")
                        .query(Long.class)
                        .single())
                .isEqualTo(ISSUES);
        assertThat(successor.path("ticketsProcessed").asLong()).isEqualTo(ISSUES - stored);
        assertThat(successor.path("ticketsCreated").asLong()).isEqualTo(ISSUES - stored);
        assertThat(successor.path("ticketsDeleted").asLong()).isZero();
        assertThat(successor.path("localCount").asLong()).isEqualTo(ISSUES);
        assertThat(successor.path("warnings")).isEmpty();
        // Of the pages that were asked for before, only those that were under way are asked for again.
        Set<String> again = positions(site.requests());
        again.retainAll(before);
        assertThat(again).hasSizeLessThanOrEqualTo(2).doesNotContain("0");
        assertThat(site.requests()).noneMatch(request -> request.path().startsWith("/rest/api/2/issue/"));
    }

    @Test
    void aSyncThatWasNotedAndNotBegunIsBegun() throws Exception {
        SimulatedJira site = SimulatedJira.start(SimulatedJira.Options.cloud().initialIssues(20));
        jira = site;
        PlatformProcess process = start();
        long project = process.request("POST", "/api/projects", "{\"name\": \"Crash\", \"key\": \"CRASH\"}")
                .path("id")
                .asLong();
        process.request(
                "POST",
                "/api/projects/" + project + "/jira-config",
                JSON.createObjectNode()
                        .put("jiraUrl", site.baseUri().toString())
                        .put("email", "demo@example.com")
                        .put("apiKey", "sandbox")
                        .put("projectKey", "DEMO")
                        .put("autoSync", false)
                        .toString());
        process.kill();
        jdbc().sql("INSERT INTO sync_logs (project_id, source, sync_type) VALUES (?, 'jira', 'full')")
                .param(project)
                .update();
        process.begin().ready();
        await().atMost(PATIENCE).until(this::tickets, count -> count == 20);
    }

    /** Where each page that was asked for begins; probes and counts are no pages. */
    private static Set<String> positions(List<RecordedRequest> requests) {
        Set<String> positions = new HashSet<>();
        for (RecordedRequest request : requests) {
            if (JiraSyncTest.isPage(request)) {
                String token = request.parameter("nextPageToken");
                String startAt = request.parameter("startAt");
                positions.add(token != null ? token : startAt != null ? startAt : "0");
            }
        }
        return positions;
    }

    private JdbcClient jdbc() {
        return JdbcClient.create(new DriverManagerDataSource(database));
    }

    private long tickets() {
        return jdbc().sql("SELECT count(*) FROM jira_tickets").query(Long.class).single();
    }

    private PlatformProcess start() {
        PlatformProcess process = new PlatformProcess(folder, database, Map.of("PLATFORM_JIRA_LEASEDURATION", "4s"));
        platform = process;
        return process.begin().ready();
    }
}
