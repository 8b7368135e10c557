package io.atmosfera.integration.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atmosfera.integration.PlatformProcess;
import io.atmosfera.sandbox.jira.Fault;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a platform with an embedded PostgreSQL ends: everybody who uses the database first, the database last. */
class CleanStopTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String EMBEDDED = "none";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    private Path folder;

    @AfterEach
    void leaveNoPostgres() throws IOException {
        DataFolder.take(data()).close();
    }

    @Test
    void whileItSyncsATermSignalEndsItWithoutAnErrorAndThenItsPostgres() throws Exception {
        try (SimulatedJira jira = SimulatedJira.start(
                        SimulatedJira.Options.cloud().initialIssues(3000).maxPageSize(50));
                PlatformProcess platform = new PlatformProcess(folder, EMBEDDED, settings())) {
            jira.fail(Fault.slow(Duration.ofSeconds(1))
                    .matching(request -> request.path().contains("/search"))
                    .untilCleared());
            platform.begin().ready();
            ProcessHandle postmaster = postmaster();
            everyPageIsAlive(platform);
            startSync(platform, jira);

            int code = platform.stop();

            assertThat(platform.read().lines().filter(CleanStopTest::isBad)).isEmpty();
            assertThat(code).isIn(0, 143);
            assertThat(data().resolve("postgres/postmaster.pid")).doesNotExist();
            await().atMost(PATIENCE).until(() -> !postmaster.isAlive());
            // The sync, which would have taken longer than a stop may, goes on where it was.
            assertThat(platform.read()).contains("of STOP waits: The platform stops; waiting until");
        }
    }

    @Test
    void aStartThatFailsLeavesNoPostgres() throws Exception {
        try (PlatformProcess platform = new PlatformProcess(folder, EMBEDDED, settings());
                ServerSocket taken = new ServerSocket(platform.port())) {
            platform.begin();
            Path pid = data().resolve("postgres/postmaster.pid");
            await().atMost(PATIENCE)
                    .until(() -> Files.exists(pid) && Files.readString(pid).contains("ready"));
            ProcessHandle postmaster = postmaster();

            int code = platform.end();

            assertThat(code).as(platform.read()).isEqualTo(1);
            assertThat(platform.read()).contains("Port " + taken.getLocalPort());
            assertThat(data().resolve("postgres/postmaster.pid")).doesNotExist();
            await().atMost(PATIENCE).until(() -> !postmaster.isAlive());
        }
    }

    /** What a first run shows: the sandbox's own project, with a repository whose work belongs to the tickets, and goes on. */
    private static void everyPageIsAlive(PlatformProcess platform) {
        JsonNode project = platform.request("GET", "/api/projects", null).path(0);
        assertThat(project.path("key").asText()).isEqualTo("DEMO");
        String path = "/api/projects/" + project.path("id").asLong();
        await().atMost(PATIENCE).until(() -> platform.request("GET", path + "/github-sync-logs?sort=startedAt", null)
                .path(0)
                .path("status")
                .asText()
                .equals("completed"));
        for (String list : List.of("pulls", "branches", "releases", "workflow-runs", "deployments")) {
            assertThat(platform.request("GET", path + "/github-" + list, null))
                    .as(list)
                    .isNotEmpty();
        }
        assertThat(StreamSupport.stream(
                                platform.request("GET", path + "/github-commits", null)
                                        .spliterator(),
                                false)
                        .flatMap(commit ->
                                StreamSupport.stream(commit.path("jiraKeys").spliterator(), false))
                        .limit(5)
                        .map(key -> platform.request("GET", path + "/jira-tickets/" + key.asText(), null))
                        .filter(ticket -> !ticket.path("commits").isEmpty()))
                .isNotEmpty();
        await().atMost(PATIENCE).until(() -> !platform.request(
                        "GET", "/api/webhooks/events?integrationType=github&status=processed", null)
                .isEmpty());
    }

    private static boolean isBad(String line) {
        return line.contains(" WARN ")
                || line.contains(" ERROR ")
                || line.contains("Exception")
                || line.contains("57P01");
    }

    private static void startSync(PlatformProcess platform, SimulatedJira jira) {
        long project = platform.request("POST", "/api/projects", "{\"name\": \"Stop\", \"key\": \"STOP\"}")
                .path("id")
                .asLong();
        String path = "/api/projects/" + project;
        platform.request(
                "POST",
                path + "/jira-config",
                JSON.createObjectNode()
                        .put("jiraUrl", jira.baseUri().toString())
                        .put("email", "demo@example.com")
                        .put("apiKey", "sandbox")
                        .put("projectKey", "DEMO")
                        .put("autoSync", false)
                        .toString());
        platform.request("POST", path + "/jira-sync", "{\"syncType\": \"full\"}");
        await().atMost(PATIENCE)
                .until(() -> platform.request("GET", path + "/jira-sync-logs", null)
                                .path(0)
                                .path("pages")
                                .asInt()
                        >= 3);
    }

    private static Map<String, String> settings() throws IOException {
        try (ServerSocket jira = new ServerSocket(0);
                ServerSocket github = new ServerSocket(0)) {
            return Map.of(
                    "SPRING_PROFILES_ACTIVE", "sandbox",
                    "PLATFORM_SANDBOX_PORT", String.valueOf(jira.getLocalPort()),
                    "PLATFORM_SANDBOX_CHANGEINTERVAL", "100ms",
                    "PLATFORM_SANDBOX_GITHUBPORT", String.valueOf(github.getLocalPort()),
                    "PLATFORM_SANDBOX_GITHUBCHANGEINTERVAL", "500ms");
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private ProcessHandle postmaster() throws IOException {
        List<String> lines = Files.readAllLines(data().resolve("postgres/postmaster.pid"));
        return ProcessHandle.of(Long.parseLong(lines.get(0).strip())).orElseThrow();
    }
}
