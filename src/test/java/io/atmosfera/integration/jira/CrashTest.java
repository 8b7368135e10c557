package io.atmosfera.integration.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atmosfera.integration.IntegrationPlatformApplication;
import io.atmosfera.integration.TestDatabase;
import io.atmosfera.integration.sandbox.Fault;
import io.atmosfera.integration.sandbox.RecordedRequest;
import io.atmosfera.integration.sandbox.SimulatedJira;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private static final String TOKEN = "atm_crash-test-token";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private final String database = TestDatabase.create();
    private final String masterKey = Base64.getEncoder().encodeToString(new byte[32]);
    private final int port = freePort();
    private @Nullable Process platform;
    private @Nullable SimulatedJira jira;

    @AfterEach
    void stop() {
        if (platform != null) {
            platform.destroyForcibly();
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
        Process first = start();
        long project = request("POST", "/api/projects", "{\"name\": \"Crash\", \"key\": \"CRASH\"}")
                .path("id")
                .asLong();
        String path = "/api/projects/" + project;
        request(
                "POST",
                path + "/jira-config",
                JSON.createObjectNode()
                        .put("jiraUrl", site.baseUri().toString())
                        .put("email", "demo@example.com")
                        .put("apiKey", "sandbox")
                        .put("projectKey", "DEMO")
                        .put("autoSync", false)
                        .toString());
        long sync = request("POST", path + "/jira-sync", "{\"syncType\": \"full\"}")
                .path("syncId")
                .asLong();
        await().atMost(PATIENCE)
                .until(() -> request("GET", path + "/jira-sync-logs/" + sync, null)
                                .path("pages")
                                .asInt()
                        >= 8);

        first.destroyForcibly().waitFor();
        long stored = tickets();
        assertThat(stored).isBetween(800L, (long) ISSUES - 1);
        Set<String> before = positions(site.requests());
        site.clearRequests();
        site.clearFaults();
        start();

        JsonNode successor = await().atMost(PATIENCE)
                .until(
                        () -> request("GET", path + "/jira-sync-logs", null).get(0),
                        log -> log.path("status").asText().equals("completed"));
        assertThat(successor.path("resumedFrom").asLong()).isEqualTo(sync);
        assertThat(request("GET", path + "/jira-sync-logs/" + sync, null)
                        .path("status")
                        .asText())
                .isEqualTo("failed");
        assertThat(request("GET", path + "/jira-sync-logs", null)).hasSize(2);
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
        Process first = start();
        long project = request("POST", "/api/projects", "{\"name\": \"Crash\", \"key\": \"CRASH\"}")
                .path("id")
                .asLong();
        request(
                "POST",
                "/api/projects/" + project + "/jira-config",
                JSON.createObjectNode()
                        .put("jiraUrl", site.baseUri().toString())
                        .put("email", "demo@example.com")
                        .put("apiKey", "sandbox")
                        .put("projectKey", "DEMO")
                        .put("autoSync", false)
                        .toString());
        first.destroyForcibly().waitFor();
        jdbc().sql("INSERT INTO sync_logs (project_id, source, sync_type) VALUES (?, 'jira', 'full')")
                .param(project)
                .update();
        start();
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

    private Process start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                IntegrationPlatformApplication.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("platform.log").toFile()));
        builder.environment().put("SERVER_PORT", String.valueOf(port));
        builder.environment().put("SPRING_DATASOURCE_URL", database);
        builder.environment().put("PLATFORM_MASTER_KEY", masterKey);
        builder.environment().put("PLATFORM_ADMIN_TOKEN", TOKEN);
        builder.environment().put("PLATFORM_OUTBOUND_ALLOWHTTP", "true");
        builder.environment().put("PLATFORM_OUTBOUND_ALLOWEDNETWORKS", "127.0.0.0/8");
        builder.environment().put("PLATFORM_JIRA_LEASEDURATION", "4s");
        Process process = builder.start();
        platform = process;
        await().atMost(PATIENCE).until(() -> !process.isAlive() || isReady());
        assertThat(process.isAlive())
                .as(() -> "The platform did not start: " + read(folder.resolve("platform.log")))
                .isTrue();
        return process;
    }

    /** The class path of this test, in absolute terms, for the process has a folder of its own. */
    private static String classPath() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(path.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isReady() {
        try {
            return HTTP.send(
                                    HttpRequest.newBuilder(uri("/actuator/health/readiness"))
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private JsonNode request(String method, String path, @Nullable String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .header("Authorization", "Bearer " + TOKEN)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        var answer = HTTP.send(request.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isBetween(200, 299);
        return JSON.readTree(answer.body());
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
