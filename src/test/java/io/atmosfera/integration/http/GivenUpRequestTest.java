package io.atmosfera.integration.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.ContractOperation;
import io.atmosfera.integration.PlatformTest;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A request that nobody waits for any more leaves nothing behind in the database, and takes nothing from anybody else. */
class GivenUpRequestTest extends PlatformTest {

    /** Well below the limit of a statement. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private static final String WAITING =
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock' AND application_name = ?""";

    @Autowired
    private HikariDataSource platform;

    /** Every operation that reads is asked while its tables are locked, and its client hangs up. */
    @Test
    void everyStatementOfAReaderEndsWithItsClient() throws Exception {
        long project = project("GONE");
        Set<String> waited = new TreeSet<>();
        try (Connection other = locked(tables())) {
            for (ContractOperation operation : readers()) {
                try (Socket client = new Socket("localhost", port)) {
                    ask(client, operation.path(project));
                    await(operation.id())
                            .atMost(SOON)
                            .pollInterval(Duration.ofMillis(20))
                            .until(() ->
                                    waiting() == 1 || client.getInputStream().available() > 0);
                    if (waiting() == 1) {
                        waited.add(operation.id());
                    }
                }
                await(operation.id())
                        .atMost(SOON)
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> waiting() == 0);
            }
            other.rollback();
        }

        assertThat(waited)
                .contains(
                        "project-list", "jira-ticket-list", "github-commit-list", "webhook-event-list", "link-explain");
        assertThat(get("/api/projects/" + project).status()).isEqualTo(200);
    }

    /** With a body that was read, and without one; what was cancelled is not done. */
    @Test
    void theStatementOfAWriterEndsWithItsClient() throws Exception {
        long project = project("WRITER");
        try (Connection other = locked(List.of("projects", "integration_configs"))) {
            for (String request : List.of(
                    "POST /api/projects {\"name\": \"Cancelled\", \"key\": \"CANCELLED\"}",
                    "PATCH /api/projects/%d/jira-config {\"jql\": \"labels = x\"}".formatted(project),
                    "DELETE /api/projects/%d/jira-config".formatted(project))) {
                try (Socket client = new Socket("localhost", port)) {
                    send(client, request);
                    await(request).atMost(SOON).until(() -> waiting() == 1);
                }
                await(request).atMost(SOON).until(() -> waiting() == 0);
            }
            other.rollback();
        }
        assertThat(get("/api/projects").text()).doesNotContain("Cancelled");
    }

    @Test
    void aStatementIsCutOffBeforeItsRequestIs() throws Exception {
        long project = project("CUT");
        try (Connection other = locked(List.of("jira_tickets"))) {
            Answer answer = get("/api/projects/" + project + "/jira-tickets");

            assertThat(answer.status()).as(answer.text()).isEqualTo(503);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.text()).contains("took longer than a request may");
            assertThat(answer.header("Retry-After")).isNotEmpty();
            assertThat(waiting()).isZero();
            other.rollback();
        }
    }

    @Test
    void requestsThatHangTakeNoConnectionFromTheRest() throws Exception {
        long project = project("HANG");
        List<Socket> clients = new ArrayList<>();
        try (Connection other = locked(List.of("jira_tickets"))) {
            for (int i = 0; i < 40; i++) {
                Socket client = new Socket("localhost", port);
                clients.add(client);
                ask(client, "/api/projects/" + project + "/jira-tickets");
            }
            await().atMost(SOON).until(() -> waiting() >= 5);

            assertThat(CompletableFuture.supplyAsync(this::anyConnection).get()).isTrue();
            for (Socket client : clients) {
                client.close();
            }
            await().atMost(SOON).until(() -> waiting() == 0);
            other.rollback();
        }
        await().atMost(SOON)
                .until(() -> get("/api/projects/" + project + "/jira-tickets").status() == 200);
    }

    private boolean anyConnection() {
        try (Connection connection = platform.getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<ContractOperation> readers() {
        return ContractOperation.all()
                .filter(operation -> operation.method().equals("GET"))
                .filter(operation -> operation.parameters().stream()
                        .noneMatch(parameter ->
                                parameter.getIn().equals("query") && Boolean.TRUE.equals(parameter.getRequired())))
                .toList();
    }

    /** What a token is looked up in stays open. */
    private List<String> tables() {
        return jdbc.sql(
                        """
                        SELECT tablename FROM pg_tables
                        WHERE schemaname = 'public' AND tablename NOT IN ('api_tokens', 'users', 'flyway_schema_history')
                        ORDER BY tablename""")
                .query(String.class)
                .list();
    }

    /** A transaction that holds these tables; tried again where it crosses with what the platform is doing. */
    private Connection locked(List<String> tables) throws SQLException {
        for (int attempt = 0; ; attempt++) {
            Connection connection = platform.getConnection();
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("SET LOCAL lock_timeout = '2s'");
                statement.execute("LOCK TABLE " + String.join(", ", tables) + " IN ACCESS EXCLUSIVE MODE");
                return connection;
            } catch (SQLException crossed) {
                connection.rollback();
                connection.close();
                if (attempt == 10) {
                    throw crossed;
                }
            }
        }
    }

    private long waiting() {
        return jdbc.sql(WAITING)
                .param("integration-platform requests")
                .query(Long.class)
                .single();
    }

    private static void ask(Socket client, String path) throws IOException {
        String query = path.endsWith("/links/explain") ? "?branch=main" : "";
        client.getOutputStream()
                .write(("GET " + path + query + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + ADMIN
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    /** A method, a path and a body, if any. */
    private static void send(Socket client, String request) throws IOException {
        String[] parts = request.split(" ", 3);
        String body = parts.length < 3 ? "" : parts[2];
        client.getOutputStream()
                .write(
                        """
                        %s %s HTTP/1.1\r
                        Host: localhost\r
                        Authorization: Bearer %s\r
                        Content-Type: application/json\r
                        Content-Length: %d\r
                        \r
                        %s"""
                                .formatted(parts[0], parts[1], ADMIN, body.length(), body)
                                .getBytes(StandardCharsets.US_ASCII));
    }

    private long project(String key) {
        return post("/api/projects", ADMIN, "{\"name\": \"Given up\", \"key\": \"" + key + "\"}")
                .json()
                .path("id")
                .asLong();
    }
}
