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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The platform as a process of its own, killed in the middle of two full syncs and before a third was begun. All is made
 * ready once, since a start of a process takes longer than anything that is looked at here.
 */
class CrashTest {

    private static final int ISSUES = 3000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static final String DATABASE = TestDatabase.create();
    private static final List<SimulatedJira> SITES = new ArrayList<>();
    private static final Map<Boolean, Killed> SYNCS = new HashMap<>();

    private static @Nullable PlatformProcess platform;
    private static long noted;

    /** A full sync that the kill ended: what was stored by then, and the pages that were asked for. */
    private record Killed(SimulatedJira site, String path, long project, long sync, long stored, Set<String> pages) {}

    @BeforeAll
    static void killAndStartAgain() throws Exception {
        platform = new PlatformProcess(folder, DATABASE, Map.of("PLATFORM_JIRA_LEASEDURATION", "4s"));
        process().begin().ready();
        noted = project("NOTED", site(SimulatedJira.Options.cloud().initialIssues(20)));
        Killed cloud = started("CLOUD", SimulatedJira.Options.cloud());
        Killed dataCenter = started("CENTER", SimulatedJira.Options.dataCenter());
        await().atMost(PATIENCE).until(() -> pages(cloud) >= 8 && pages(dataCenter) >= 8);

        process().kill();
        jdbc().sql("INSERT INTO sync_logs (project_id, source, sync_type) VALUES (?, 'jira', 'full')")
                .param(noted)
                .update();
        SYNCS.put(true, killed(cloud));
        SYNCS.put(false, killed(dataCenter));
        process().begin().ready();
    }

    @AfterAll
    static void stop() {
        if (platform != null) {
            platform.close();
        }
        SITES.forEach(SimulatedJira::close);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aKilledSyncIsResumedWithNothingLostOrDoubled(boolean cloud) {
        Killed killed = SYNCS.get(cloud);
        assertThat(killed.stored()).isBetween(800L, (long) ISSUES - 1);

        JsonNode successor = await().atMost(PATIENCE)
                .until(
                        () -> process()
                                .request("GET", killed.path() + "/jira-sync-logs", null)
                                .get(0),
                        log -> log.path("status").asText().equals("completed"));
        assertThat(successor.path("resumedFrom").asLong()).isEqualTo(killed.sync());
        assertThat(process()
                        .request("GET", killed.path() + "/jira-sync-logs/" + killed.sync(), null)
                        .path("status")
                        .asText())
                .isEqualTo("failed");
        assertThat(process().request("GET", killed.path() + "/jira-sync-logs", null))
                .hasSize(2);
        assertThat(tickets(killed.project())).isEqualTo(ISSUES);
        assertThat(number("SELECT count(DISTINCT jira_id) FROM jira_tickets WHERE project_id = ?", killed.project()))
                .isEqualTo(ISSUES);
        assertThat(number(
                        "SELECT count(*) FROM jira_ticket_payloads p JOIN jira_tickets t ON t.id = p.ticket_id"
                                + " WHERE t.project_id = ?",
                        killed.project()))
                .isEqualTo(ISSUES);
        assertThat(successor.path("ticketsProcessed").asLong()).isEqualTo(ISSUES - killed.stored());
        assertThat(successor.path("ticketsCreated").asLong()).isEqualTo(ISSUES - killed.stored());
        assertThat(successor.path("ticketsDeleted").asLong()).isZero();
        assertThat(successor.path("localCount").asLong()).isEqualTo(ISSUES);
        assertThat(successor.path("warnings")).isEmpty();
        // Of the pages that were asked for before, only those that were under way are asked for again.
        Set<String> again = positions(killed.site().requests());
        again.retainAll(killed.pages());
        assertThat(again).hasSizeLessThanOrEqualTo(2).doesNotContain("0");
        assertThat(killed.site().requests()).noneMatch(request -> request.path().startsWith("/rest/api/2/issue/"));
    }

    @Test
    void noPayloadIsLeftWithoutItsTicket() {
        assertThat(
                        number(
                                "SELECT count(*) FROM jira_ticket_payloads WHERE ticket_id NOT IN (SELECT id FROM jira_tickets)"))
                .isZero();
    }

    @Test
    void aSyncThatWasNotedAndNotBegunIsBegun() {
        await().atMost(PATIENCE).until(() -> tickets(noted), count -> count == 20);
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

    /** A full sync whose pages are slow, so that it takes a while. */
    private static Killed started(String key, SimulatedJira.Options options) {
        SimulatedJira site = site(options.initialIssues(ISSUES).maxPageSize(100));
        site.fail(Fault.slow(Duration.ofMillis(200))
                .matching(JiraSyncTest::isPage)
                .untilCleared());
        long project = project(key, site);
        String path = "/api/projects/" + project;
        long sync = process()
                .request("POST", path + "/jira-sync", "{\"syncType\": \"full\"}")
                .path("syncId")
                .asLong();
        return new Killed(site, path, project, sync, 0, Set.of());
    }

    /** The same with what it had done when its process was killed. Its site is quick from now on. */
    private static Killed killed(Killed sync) {
        Set<String> before = positions(sync.site().requests());
        sync.site().clearRequests();
        sync.site().clearFaults();
        return new Killed(sync.site(), sync.path(), sync.project(), sync.sync(), tickets(sync.project()), before);
    }

    private static int pages(Killed sync) {
        return process()
                .request("GET", sync.path() + "/jira-sync-logs/" + sync.sync(), null)
                .path("pages")
                .asInt();
    }

    private static SimulatedJira site(SimulatedJira.Options options) {
        SimulatedJira site = SimulatedJira.start(options);
        SITES.add(site);
        return site;
    }

    /** A project that is connected with a site and synced by hand only. */
    private static long project(String key, SimulatedJira site) {
        long project = process()
                .request("POST", "/api/projects", "{\"name\": \"%1$s\", \"key\": \"%1$s\"}".formatted(key))
                .path("id")
                .asLong();
        process()
                .request(
                        "POST",
                        "/api/projects/" + project + "/jira-config",
                        JSON.createObjectNode()
                                .put("jiraUrl", site.baseUri().toString())
                                .put("email", "demo@example.com")
                                .put("apiKey", "sandbox")
                                .put("projectKey", "DEMO")
                                .put("autoSync", false)
                                .toString());
        return project;
    }

    private static PlatformProcess process() {
        return Objects.requireNonNull(platform);
    }

    private static JdbcClient jdbc() {
        return JdbcClient.create(new DriverManagerDataSource(DATABASE));
    }

    private static long number(String sql, Object... parameters) {
        return jdbc().sql(sql).params(parameters).query(Long.class).single();
    }

    private static long tickets(long project) {
        return number("SELECT count(*) FROM jira_tickets WHERE project_id = ?", project);
    }
}
