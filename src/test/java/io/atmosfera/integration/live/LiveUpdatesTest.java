package io.atmosfera.integration.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.LiveSocket;
import io.atmosfera.integration.PlatformTest;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(
        properties = {
            "platform.live.buffer=100",
            "platform.live.max-clients=10",
            "platform.live.heartbeat-ms=400",
            "platform.live.silence-ms=15000",
            "platform.live.token-check-ms=600000"
        })
@ExtendWith(OutputCaptureExtension.class)
class LiveUpdatesTest extends PlatformTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @Autowired
    private CamelContext camel;

    @Autowired
    private DataSource dataSource;

    private final List<LiveSocket> open = new ArrayList<>();

    private LiveSocket follow(String query) {
        return follow(query, ADMIN);
    }

    private LiveSocket follow(String query, String token) {
        LiveSocket socket = LiveSocket.open(port, query, token);
        open.add(socket);
        return socket;
    }

    /** Who connects before the platform listens to its database is told to fetch all anew when it does. */
    @BeforeEach
    void awaitListening() {
        try (LiveSocket socket = LiveSocket.open(port, "", ADMIN)) {
            await().atMost(PATIENCE).until(() -> {
                jdbc.sql("SELECT publish('{\"type\": \"listening\"}')").query().listOfRows();
                return !socket.messages("listening").isEmpty();
            });
        }
    }

    @AfterEach
    void closeAll() {
        open.forEach(LiveSocket::close);
        await().atMost(PATIENCE).until(() -> metric("platform_live_clients") == 0);
    }

    private long project() {
        int number = NUMBER.incrementAndGet();
        return post("/api/projects", ADMIN, "{\"name\": \"Live %d\", \"key\": \"LIVE%d\"}".formatted(number, number))
                .json()
                .path("id")
                .asLong();
    }

    /** Tells of a change as the statements of any instance do. */
    private void tell(@Nullable Long project, int from, int to, int size) {
        jdbc.sql("SELECT publish(jsonb_strip_nulls(jsonb_build_object('type', 'test', 'projectId', ?::bigint, 'n', n,"
                        + " 'text', repeat('x', ?)))) FROM generate_series(?, ?) n")
                .params(project, size, from, to)
                .query()
                .listOfRows();
    }

    private void tell(@Nullable Long project, int number) {
        tell(project, number, number, 10);
    }

    private static List<Integer> numbers(LiveSocket socket) {
        return numbers(socket.messages("test"));
    }

    private static List<Integer> numbers(List<JsonNode> messages) {
        return messages.stream().map(message -> message.path("n").asInt()).toList();
    }

    private static void awaitNumber(LiveSocket socket, int number) {
        socket.await(message -> message.path("n").asInt(-1) == number);
    }

    private double metric(String name) {
        return get("/actuator/prometheus")
                .text()
                .lines()
                .filter(line -> line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void nobodyFollowsWithoutAToken() {
        assertThat(LiveSocket.status(port, "", NOBODY)).isEqualTo(401);
        assertThat(LiveSocket.status(port, "", "atm_wrong")).isEqualTo(401);
        assertThat(LiveSocket.status(port, "?projectId=999999", "atm_wrong")).isEqualTo(401);
        assertThat(LiveSocket.status(port, "?projectId=none", NOBODY)).isEqualTo(401);
    }

    @Test
    void aTokenWithCharactersThatNoNameMayHaveIsPercentEncoded() {
        jdbc.sql("INSERT INTO api_tokens (name, role, token_hash) VALUES ('odd', 'VIEWER', sha256('a+/= b'::bytea))")
                .update();

        assertThat(LiveSocket.status(port, "", "a%2B%2F%3D%20b")).isEqualTo(101);
        assertThat(LiveSocket.status(port, "", "%")).isEqualTo(401);
    }

    @Test
    void aTokenInTheAddressIsNone() {
        assertThat(LiveSocket.status(port, "?token=" + ADMIN + "&access_token=" + ADMIN, NOBODY))
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "?projectId=999999,              404",
        "?projectId=none,                400",
        "?projectId=0,                   400",
        "?projectId=,                    400",
        "?projectId=99999999999999999999, 400"
    })
    void onlyAProjectThatIsThereCanBeFollowed(String query, int status) {
        assertThat(LiveSocket.status(port, query, ADMIN)).isEqualTo(status);
    }

    @Test
    void whatIsNoHandshakeIsToldWhatIsMissing() {
        Answer plain = get("/ws/updates");
        assertThat(plain.status()).isEqualTo(426);
        assertThat(plain.json().path("detail").asText()).contains("WebSocket");
        assertThat(post("/ws/updates", ADMIN, "{}").status()).isEqualTo(405);
        assertThat(get("/ws/other").status()).isEqualTo(404);
        assertThat(send(request("GET", "/ws/updates", ADMIN, null).header("Accept", "text/html"))
                        .header("Content-Type"))
                .isEqualTo("application/problem+json");
    }

    @Test
    void aPageOfAnotherSiteIsRefused() {
        for (String origin : List.of("https://other.example", "null", "http://localhost:1")) {
            assertThat(send(request("GET", "/ws/updates", ADMIN, null).header("Origin", origin))
                            .status())
                    .isEqualTo(403);
        }
        assertThat(send(request("GET", "/ws/updates", ADMIN, null).header("Origin", "http://localhost:" + port))
                        .status())
                .isEqualTo(426);
    }

    @Test
    void aPageIsAnsweredWithTheNameBesideItsToken() {
        assertThat(follow("").socket().getSubprotocol()).isEqualTo("bearer");
    }

    @Test
    void aProgramSendsItsTokenAsEverywhereElse() throws Exception {
        try (LazySocket socket = new LazySocket(port, "", tokenOf("VIEWER"))) {
            assertThat(socket.readUntil(message -> true)).singleElement().satisfies(message -> assertThat(
                            message.path("type").asText())
                    .isEqualTo("heartbeat"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"VIEWER", "MEMBER", "MANAGER"})
    void everyRoleMayFollowEveryProject(String role) {
        long project = project();
        LiveSocket socket = follow("?projectId=" + project, tokenOf(role));

        tell(project, 1);

        awaitNumber(socket, 1);
    }

    @Test
    void aMessageIsToldAsItWasMade() {
        LiveSocket socket = follow("");

        jdbc.sql("SELECT publish('{\"type\": \"jira_update\", \"issueKey\": \"DEMO-1\", \"changes\":"
                        + " [{\"field\": \"summary\", \"from\": null, \"to\": \"Größe 😀 <b>\"}]}')")
                .query()
                .listOfRows();

        JsonNode told = socket.await("jira_update");
        assertThat(told.path("issueKey").asText()).isEqualTo("DEMO-1");
        assertThat(told.path("changes").get(0).path("to").asText()).isEqualTo("Größe 😀 <b>");
        assertThat(told.path("changes").get(0).path("from").isNull()).isTrue();
    }

    @Test
    void aClientHearsOfItsOwnProjectOnly() {
        long one = project();
        long other = project();
        LiveSocket ofOne = follow("?projectId=" + one);
        LiveSocket ofOther = follow("?projectId=" + other);
        LiveSocket ofAll = follow("");

        tell(one, 1);
        tell(other, 2);
        tell(null, 3);

        List.of(ofOne, ofOther, ofAll).forEach(socket -> awaitNumber(socket, 3));
        assertThat(numbers(ofOne)).containsExactly(1, 3);
        assertThat(numbers(ofOther)).containsExactly(2, 3);
        assertThat(numbers(ofAll)).containsExactly(1, 2, 3);
    }

    @Test
    void messagesComeInTheOrderOfTheChanges() {
        long project = project();
        LiveSocket socket = follow("?projectId=" + project);

        for (int first = 1; first <= 1000; first += 50) {
            tell(project, first, first + 49, 10);
            awaitNumber(socket, first + 49);
        }

        assertThat(numbers(socket))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 1000).boxed().toList());
    }

    @Test
    void whatWasNotDoneIsNotTold() {
        LiveSocket socket = follow("");

        jdbc.sql("DO $$ BEGIN PERFORM publish('{\"type\": \"test\", \"n\": 1}'); RAISE EXCEPTION 'no'; EXCEPTION WHEN"
                        + " OTHERS THEN NULL; END $$")
                .update();
        tell(null, 2);

        awaitNumber(socket, 2);
        assertThat(numbers(socket)).containsExactly(2);
    }

    @Test
    void aMessageThatIsTooLongSaysSo() {
        long project = project();
        LiveSocket socket = follow("?projectId=" + project);

        tell(project, 1, 1, 100_000);

        JsonNode told = socket.await("test");
        assertThat(told.path("truncated").asBoolean()).isTrue();
        assertThat(told.path("projectId").asLong()).isEqualTo(project);
        assertThat(told.path("n").asInt()).isEqualTo(1);
        assertThat(told.has("text")).isFalse();
    }

    @Test
    void whatIsNoMessageHarmsNobody() {
        LiveSocket socket = follow("");

        for (String nonsense : List.of("[1]", "7", "null", "\"text\"")) {
            jdbc.sql("SELECT publish(?::jsonb)").param(nonsense).query().listOfRows();
        }
        tell(null, 1);

        awaitNumber(socket, 1);
        assertThat(numbers(socket)).containsExactly(1);
    }

    @Test
    void heartbeatsShowThatTheConnectionLives() {
        LiveSocket socket = follow("");

        await().atMost(PATIENCE).until(() -> socket.messages("heartbeat").size() >= 4);
        assertThat(socket.messages("heartbeat"))
                .allSatisfy(heartbeat -> assertThat(heartbeat.path("at").asText())
                        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?Z"));
    }

    @Test
    void whatAClientSendsIsIgnored() {
        LiveSocket socket = follow("");
        socket.socket().sendText("{\"type\": \"subscribe\"}", true).join();
        socket.socket().sendBinary(ByteBuffer.allocate(1000), true).join();
        socket.socket().sendPing(ByteBuffer.allocate(10)).join();

        tell(null, 1);

        awaitNumber(socket, 1);
        assertThat(socket.isOpen()).isTrue();
    }

    @Test
    void whoSendsTooMuchIsSentAway() {
        LiveSocket chatty = follow("");
        LiveSocket wordy = follow("");
        String text = "x".repeat(20_000);

        for (int n = 0; n < 5000 && chatty.isOpen(); n++) {
            chatty.socket().sendText("hello", true).exceptionally(gone -> null).join();
        }
        wordy.socket().sendText(text, true).exceptionally(gone -> null).join();

        assertThat(chatty.awaitEnd()).isIn(1008, 0);
        assertThat(wordy.awaitEnd()).isIn(1009, 0);
    }

    @Test
    void aSlowClientIsToldThatItMissedSomethingAndSlowsNobody() throws Exception {
        long project = project();
        LiveSocket quick = follow("?projectId=" + project);
        double resyncs = metric("platform_live_resyncs_total");
        int last = 1500;
        try (LazySocket slow = new LazySocket(port, "?projectId=" + project, ADMIN)) {
            slow.readUntil(message -> true);
            for (int first = 1; first <= last; first += 50) {
                tell(project, first, first + 49, 7000);
                awaitNumber(quick, first + 49);
            }
            assertThat(numbers(quick))
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, last).boxed().toList());

            List<JsonNode> late =
                    slow.readUntil(message -> message.path("type").asText().equals("resync"));
            tell(project, last + 1);
            List<JsonNode> after = slow.readUntil(message -> message.path("n").asInt() == last + 1);

            assertThat(late.get(late.size() - 1).path("projectId").asLong()).isEqualTo(project);
            List<Integer> got = numbers(late).stream().filter(n -> n > 0).toList();
            assertThat(got)
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, got.size()).boxed().toList())
                    .hasSizeLessThan(last);
            assertThat(numbers(after).stream().filter(n -> n > 0)).containsExactly(last + 1);
        }
        assertThat(metric("platform_live_resyncs_total")).isEqualTo(resyncs + 1);
        assertThat(quick.messages("resync")).isEmpty();
    }

    @Test
    void aClientThatGivesNoSignOfLifeIsLetGo() throws Exception {
        try (LazySocket dead = new LazySocket(port, "", ADMIN)) {
            assertThat(metric("platform_live_clients")).isPositive();

            await().atMost(PATIENCE).until(() -> metric("platform_live_clients") == 0);
            dead.readToItsEnd();
        }
    }

    @Test
    void aClientThatHangsUpIsForgotten() {
        LiveSocket polite = follow("");
        LiveSocket rude = follow("");
        await().atMost(PATIENCE).until(() -> metric("platform_live_clients") == 2);

        polite.socket().sendClose(1000, "bye").join();
        rude.socket().abort();

        await().atMost(PATIENCE).until(() -> metric("platform_live_clients") == 0);
        assertThat(polite.awaitEnd()).isEqualTo(1000);
    }

    @Test
    void anEndedTokenEndsItsSockets() {
        Answer made = post("/api/admin/tokens", ADMIN, "{\"name\": \"to be ended\", \"role\": \"VIEWER\"}");
        LiveSocket ended = follow("", made.json().path("token").asText());
        LiveSocket expired = follow("", tokenOf("VIEWER"));
        LiveSocket valid = follow("");

        delete("/api/admin/tokens/" + made.json().path("id").asLong(), ADMIN);
        jdbc.sql("UPDATE api_tokens SET expires_at = now() WHERE name = 'VIEWER for a test'")
                .update();

        assertThat(ended.awaitEnd()).isEqualTo(1008);
        assertThat(expired.awaitEnd()).isEqualTo(1008);
        tell(null, 1);
        awaitNumber(valid, 1);
    }

    @Test
    void aDeletedUserEndsTheSocketsOfTheirTokens() {
        long user = post("/api/admin/users", ADMIN, "{\"username\": \"live-goes\", \"role\": \"VIEWER\"}")
                .json()
                .path("id")
                .asLong();
        Answer made = post(
                "/api/admin/tokens", ADMIN, "{\"name\": \"theirs\", \"role\": \"VIEWER\", \"userId\": " + user + "}");
        LiveSocket socket = follow("", made.json().path("token").asText());

        delete("/api/admin/users/" + user, ADMIN);

        assertThat(socket.awaitEnd()).isEqualTo(1008);
    }

    @Test
    void aTokenThatExpiresEndsItsSocketByItself() {
        jdbc.sql(
                        """
                        INSERT INTO api_tokens (name, role, token_hash, expires_at)
                        VALUES ('short', 'VIEWER', sha256('short-lived'::bytea), now() + interval '3 seconds')""")
                .update();
        LiveSocket socket = follow("", "short-lived");

        assertThat(socket.isOpen()).isTrue();
        assertThat(socket.awaitEnd()).isEqualTo(1008);
    }

    @Test
    void aTokenThatWentWhileNobodyHeardOfItEndsItsSocketAtTheNextLook() {
        LiveSocket socket = follow(
                "",
                post("/api/admin/tokens", ADMIN, "{\"name\": \"quiet\", \"role\": \"VIEWER\"}")
                        .json()
                        .path("token")
                        .asText());
        // Without its triggers, so without a notification.
        jdbc.sql(
                        """
                        DO $$ BEGIN
                            SET LOCAL session_replication_role = replica;
                            DELETE FROM api_tokens WHERE name = 'quiet';
                        END $$""")
                .update();
        assertThat(socket.isOpen()).isTrue();

        camel.createProducerTemplate().sendBody("direct:live-tokens-keep", null);

        assertThat(socket.awaitEnd()).isEqualTo(1008);
    }

    @Test
    void tooManyAtOnceAreSaidOnceToTheLogAndOnceToEachClient(CapturedOutput output) {
        LiveSocket one = follow("");
        LiveSocket two = follow("?projectId=" + project());
        jdbc.sql("SELECT publish(jsonb_build_object('type', 'flood', 'n', n)) FROM generate_series(1, 5000) n")
                .query()
                .listOfRows();
        one.await("resync");
        two.await("resync");
        tell(null, 7);
        awaitNumber(one, 7);

        assertThat(one.messages("resync")).hasSize(1);
        assertThat(two.messages("resync")).hasSize(1);
        assertThat(output.getAll().split("More than 2000 live updates at once", -1))
                .hasSize(2);
    }

    @Test
    void whatATransactionOfBeforePublishesLateIsNotPassedOver() throws Exception {
        LiveSocket socket = follow("");
        try (Connection early = dataSource.getConnection();
                Statement statement = early.createStatement()) {
            early.setAutoCommit(false);
            statement.execute("SELECT pg_current_xact_id()");
            tell(null, 2);
            statement.execute("SELECT publish('{\"type\": \"test\", \"n\": 1}')");
            early.commit();
            early.setAutoCommit(true);
        }

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(numbers(socket)).containsExactly(2, 1));
    }

    @Test
    void theHeartbeatNamesTheProjectThatIsFollowed() {
        long project = project();
        LiveSocket mine = follow("?projectId=" + project);
        LiveSocket all = follow("");

        await().atMost(PATIENCE).until(() -> mine.messages("heartbeat").size() >= 3);

        assertThat(mine.messages("heartbeat"))
                .allSatisfy(heartbeat ->
                        assertThat(heartbeat.path("projectId").asLong()).isEqualTo(project));
        assertThat(all.await("heartbeat").has("projectId")).isFalse();
    }

    @Test
    void thereIsAMostNumberOfClients() {
        for (int n = 0; n < 10; n++) {
            follow("");
        }

        assertThat(LiveSocket.status(port, "", ADMIN)).isEqualTo(503);
        open.remove(0).close();
        await().atMost(PATIENCE).until(() -> LiveSocket.status(port, "", ADMIN) == 101);
    }

    @Test
    void aLostDatabaseConnectionLosesNothing() {
        long project = project();
        LiveSocket ofOne = follow("?projectId=" + project);
        LiveSocket ofAll = follow("");

        jdbc.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND application_name = 'integration-platform notifications'")
                .query()
                .listOfRows();
        tell(project, 1, 20, 10);

        awaitNumber(ofOne, 20);
        awaitNumber(ofAll, 20);
        assertThat(numbers(ofOne)).hasSize(20);
        assertThat(ofOne.messages("resync")).isEmpty();
    }

    @Test
    void metricsCountWhatIsSent() {
        double before = metric("platform_live_messages_total");
        LiveSocket socket = follow("");

        tell(null, 1, 20, 10);
        awaitNumber(socket, 20);

        assertThat(metric("platform_live_messages_total")).isGreaterThanOrEqualTo(before + 21);
    }
}
