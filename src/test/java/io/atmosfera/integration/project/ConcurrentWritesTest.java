package io.atmosfera.integration.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.ContractOperation;
import io.atmosfera.integration.PlatformTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Whoever writes at the same moment as somebody else is answered like anybody, or with a conflict. Every operation of the
 * contract that writes is tried with its own example.
 */
class ConcurrentWritesTest extends PlatformTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int WRITERS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    private DataSource dataSource;

    private final ExecutorService writers = Executors.newFixedThreadPool(WRITERS);

    @AfterEach
    void sendWritersHome() {
        writers.shutdownNow();
    }

    @TestFactory
    Stream<DynamicTest> everyWriteOfAProjectThatIsDeletedMeanwhileHasAnAnswer() {
        return writes().filter(operation -> operation.path().contains("{projectId}"))
                .map(operation -> DynamicTest.dynamicTest(operation.id(), () -> {
                    long project = project();
                    connect(project);

                    Answer answer = whileHeld(
                            "DELETE FROM projects WHERE id = " + project,
                            () -> send(request(
                                    operation.method(), operation.path(project), ADMIN, operation.exampleBody())));

                    assertAnswered(answer);
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyWriteMayBeSentBySeveralAtOnce() {
        return writes().map(operation -> DynamicTest.dynamicTest(operation.id(), () -> {
            long project = project();
            String path = operation.path(project);

            List<Answer> answers = atOnce(path, operation.method(), operation.exampleBody());

            assertThat(answers).allSatisfy(ConcurrentWritesTest::assertAnswered);
        }));
    }

    @Test
    void aTokenOfAUserWhoIsDeletedMeanwhileIsAConflictOrUnknown() throws Exception {
        long user = post(
                        "/api/admin/users",
                        ADMIN,
                        "{\"username\": \"gone-" + COUNT.incrementAndGet() + "\", \"role\": \"MEMBER\"}")
                .json()
                .path("id")
                .asLong();

        Answer answer = whileHeld(
                "DELETE FROM users WHERE id = " + user,
                () -> post(
                        "/api/admin/tokens",
                        ADMIN,
                        "{\"name\": \"of nobody\", \"role\": \"VIEWER\", \"userId\": " + user + "}"));

        assertThat(answer.status()).as(answer.text()).isIn(400, 409);
        assertThat(answer.text()).doesNotContain("constraint").doesNotContain("api_tokens");
    }

    @Test
    void aNameThatIsTakenMeanwhileIsAConflict() throws Exception {
        String name = "late-" + COUNT.incrementAndGet();
        long user = post("/api/admin/users", ADMIN, "{\"username\": \"" + name + "-b\", \"role\": \"MEMBER\"}")
                .json()
                .path("id")
                .asLong();

        Answer answer = whileHeld(
                "INSERT INTO users (username, role) VALUES ('" + name + "', 'MEMBER')",
                () -> put("/api/admin/users/" + user, ADMIN, "{\"username\": \"" + name + "\", \"role\": \"MEMBER\"}"));

        assertThat(answer.status()).as(answer.text()).isEqualTo(409);
    }

    @Test
    void patchesAtOnceAreAllKept() throws Exception {
        long project = project();
        connect(project);
        String path = "/api/projects/" + project + "/jira-config";
        List<CompletableFuture<Answer>> sent = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            ObjectNode patch = JSON.createObjectNode();
            patch.putObject("fieldMappings").put("customFields.team" + i, ".fields.team" + i);
            sent.add(CompletableFuture.supplyAsync(() -> patch(path, ADMIN, patch.toString()), writers));
        }

        for (CompletableFuture<Answer> one : sent) {
            assertThat(one.get().status()).as(one.get().text()).isEqualTo(200);
        }

        assertThat(get(path).json().path("fieldMappings")).hasSize(WRITERS);
    }

    /** 503 is for what asks another system, where nobody answers in this test. */
    private static void assertAnswered(Answer answer) {
        assertThat(answer.status())
                .as(answer.text())
                .matches(
                        status -> status < 500 || status == 503 && answer.text().contains("other system"));
    }

    private static Stream<ContractOperation> writes() {
        return ContractOperation.all()
                .filter(operation -> !operation.method().equals("GET"))
                .filter(operation -> !Set.of("encryption-key-rotate").contains(operation.id()));
    }

    /** Sends a request while another transaction has done something but not ended, which it does once the request waits. */
    private Answer whileHeld(String statement, Callable<Answer> request) throws Exception {
        try (Connection other = dataSource.getConnection();
                Statement held = other.createStatement()) {
            other.setAutoCommit(false);
            held.executeUpdate(statement);
            int holder = pid(held);
            CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return request.call();
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    writers);
            await().atMost(PATIENCE).until(() -> answer.isDone() || waitsFor(holder));
            other.commit();
            return answer.get();
        }
    }

    private static int pid(Statement statement) throws SQLException {
        try (var row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    private boolean waitsFor(int holder) {
        return jdbc.sql("SELECT count(*) > 0 FROM pg_stat_activity WHERE ? = ANY (pg_blocking_pids(pid))")
                .param(holder)
                .query(Boolean.class)
                .single();
    }

    private List<Answer> atOnce(String path, String method, @Nullable String body) throws Exception {
        List<CompletableFuture<Answer>> sent = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            sent.add(CompletableFuture.supplyAsync(() -> send(request(method, path, ADMIN, body)), writers));
        }
        List<Answer> answers = new ArrayList<>();
        for (CompletableFuture<Answer> one : sent) {
            answers.add(one.get());
        }
        return answers;
    }

    private long project() {
        int number = COUNT.incrementAndGet();
        Answer made = post("/api/projects", ADMIN, "{\"name\": \"Writers\", \"key\": \"WR%d\"}".formatted(number));
        return made.json().path("id").asLong();
    }

    /** To where nobody answers. */
    private void connect(long project) {
        Answer jira = post(
                "/api/projects/" + project + "/jira-config",
                ADMIN,
                """
                {"jiraUrl": "http://127.0.0.1:9", "apiKey": "k", "projectKey": "DEMO", "autoSync": false}""");
        assertThat(jira.status()).as(jira.text()).isEqualTo(200);
        Answer github = post(
                "/api/projects/" + project + "/github-config",
                ADMIN,
                """
                {"repository": "octo/shop", "accessToken": "k", "apiUrl": "http://127.0.0.1:9"}""");
        assertThat(github.status()).as(github.text()).isEqualTo(200);
    }
}
