package io.atmosfera.integration.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.github.StandInGitHub.Reply;
import io.atmosfera.integration.github.StandInGitHub.Request;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A connection by a GitHub App: it signs, gets a token for an hour, and calls with that. */
@ExtendWith(OutputCaptureExtension.class)
class GitHubAppTest extends GitHubSupport {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final KeyPair KEYS = keys("RSA", 2048);

    /** As long as GitHub's stateless ones. */
    private static final String LONG = "ghs_12345_" + "a.b-c_".repeat(100);

    private final AtomicInteger issued = new AtomicInteger();

    @BeforeEach
    void appIsInstalled() {
        github.on("GET /repos/octo/hello/installation", Reply.json("{\"id\": 77, \"app_id\": 12345}"));
        lasting(Duration.ofHours(1));
    }

    @Test
    void aTokenIsAskedForOnceAndCalledWith() throws Exception {
        long project = app();

        assertThat(test(project, null).path("ok").asBoolean()).isTrue();
        test(project, null);

        assertThat(asked("POST /app/installations/77/access_tokens")).hasSize(1);
        assertThat(asked("GET /repos/octo/hello"))
                .allMatch(request -> ("Bearer " + LONG + 1).equals(request.header("Authorization")));
        for (Request request : List.of(
                asked("GET /repos/octo/hello/installation").get(0),
                asked("POST /app/installations/77/access_tokens").get(0))) {
            JWSObject jwt = JWSObject.parse(request.header("Authorization").substring("Bearer ".length()));
            assertThat(jwt.verify(new RSASSAVerifier((RSAPublicKey) KEYS.getPublic())))
                    .isTrue();
            JsonNode claims = JSON.readTree(jwt.getPayload().toString());
            assertThat(jwt.getHeader().toString()).contains("RS256", "JWT");
            assertThat(claims.path("iss").asText()).isEqualTo("12345");
            assertThat(claims.path("exp").asLong() - claims.path("iat").asLong())
                    .isEqualTo(600);
            assertThat(claims.path("iat").asLong())
                    .isBetween(
                            Instant.now().getEpochSecond() - 90, Instant.now().getEpochSecond() - 59);
            assertThat(request.header("Accept")).isEqualTo("application/vnd.github+json");
            assertThat(request.header("X-GitHub-Api-Version")).isEqualTo("2022-11-28");
            assertThat(request.header("PlatformConnection")).isNull();
        }
        JsonNode shown = shown(project);
        assertThat(shown.path("appId").asText()).isEqualTo("12345");
        assertThat(shown.path("privateKeySet").asBoolean()).isTrue();
        assertThat(shown.path("accessTokenSet").asBoolean()).isFalse();
        assertThat(shown.has("privateKey")).isFalse();
    }

    @Test
    void aTokenIsRenewedFiveMinutesBeforeItsEnd() {
        lasting(Duration.ofMinutes(4));
        long project = app();

        test(project, null);

        assertThat(asked("POST /app/installations/77/access_tokens")).hasSizeGreaterThan(1);
        assertThat(asked("GET /user").get(0).header("Authorization")).isNotEqualTo("Bearer " + LONG + 1);
    }

    @Test
    void aTokenThatIsRefusedIsAskedForOnceAnew() {
        long project = app();
        test(project, null);
        github.on(
                "GET /repos/octo/hello",
                request -> ("Bearer " + LONG + 1).equals(request.header("Authorization"))
                        ? Reply.status(401, "Bad credentials")
                        : Reply.json("{\"id\": 1296269, \"full_name\": \"octo/hello\"}"));

        assertThat(test(project, null).path("ok").asBoolean()).isTrue();
        assertThat(asked("POST /app/installations/77/access_tokens")).hasSize(2);

        github.on("GET /repos/octo/hello", Reply.status(401, "Bad credentials"));
        int before = issued.get();
        assertThat(test(project, null).path("error").asText()).contains("401");
        assertThat(issued.get()).isGreaterThan(before);
    }

    @Test
    void manyCallsAtATimeShareOneToken() {
        long project = app();
        IntStream.range(0, 12).parallel().forEach(any -> test(project, null));
        assertThat(asked("POST /app/installations/77/access_tokens")).hasSize(1);
    }

    @Test
    void aSyncGoesByTheApp() {
        github.otherwise(request ->
                request.line().contains("/actions/runs") ? Reply.json("{\"workflow_runs\": []}") : Reply.json("[]"));
        long project = app();

        Answer started = post("/api/projects/" + project + "/github-sync", ADMIN, "{\"syncType\": \"full\"}");

        assertThat(started.status()).as(started.text()).isEqualTo(202);
        String log = "/api/projects/" + project + "/github-sync-logs/"
                + started.json().path("syncId").asText();
        await().atMost(LIMIT)
                .until(() -> get(log).json().path("status").asText().equals("completed"));
        assertThat(asked("GET /repos/octo/hello/branches?per_page=100"))
                .isNotEmpty()
                .allMatch(request -> ("Bearer " + LONG + 1).equals(request.header("Authorization")));
    }

    @Test
    void anUnsavedAppIsTestedWithoutATrace() {
        long project = connected();
        JsonNode result =
                test(project, appConfig().put("appId", "Iv23liClientId").put("installationId", 99));
        assertThat(result.path("error").asText()).contains("no such installation");
        assertThat(asked("GET /repos/octo/hello/installation")).isEmpty();

        assertThat(test(project, appConfig()).path("ok").asBoolean()).isTrue();

        assertThat(shown(project).has("appId")).isFalse();
        assertThat(shown(project).path("accessTokenSet").asBoolean()).isTrue();
        assertThat(secrets(project)).containsExactly("accessToken");
    }

    @Test
    void theStoredKeyServesATestWithoutOne() {
        long project = app();
        ObjectNode keyless = appConfig().put("installationId", 78);
        keyless.remove("privateKey");
        github.on("POST /app/installations/78/access_tokens", request -> token(Duration.ofHours(1)));

        assertThat(test(project, keyless).path("ok").asBoolean()).isTrue();
        assertThat(asked("POST /app/installations/78/access_tokens")).hasSize(1);
        assertThat(configure(project, keyless).status()).isEqualTo(200);
        assertThat(shown(project).path("installationId").asLong()).isEqualTo(78);
        assertThat(shown(project).path("privateKeySet").asBoolean()).isTrue();
    }

    @Test
    void oneKindOfCredentialTakesThePlaceOfTheOther() {
        long project = connected();
        assertThat(configure(project, appConfig()).status()).isEqualTo(200);
        assertThat(secrets(project)).containsExactly("privateKey");

        assertThat(configure(project, config()).status()).isEqualTo(200);
        assertThat(secrets(project)).containsExactly("accessToken");
        assertThat(shown(project).has("appId")).isFalse();
        github.requests().clear();
        test(project, null);
        assertThat(asked("GET /user").get(0).header("Authorization")).isEqualTo("Bearer " + TOKEN);
    }

    @Test
    void keyAndTokenNeverComeBackAnywhere(CapturedOutput output) {
        long project = app();
        String path = "/api/projects/" + project;
        StringBuilder seen = new StringBuilder();
        for (Answer answer : List.of(
                post(path + "/github-test-connection", ADMIN, null),
                post(path + "/github-test-connection", ADMIN, appConfig().toString()),
                get(path + "/github-config"),
                get("/api/integrations/health"),
                get("/api/audit-log?limit=500"))) {
            seen.append(answer.text()).append(answer.headers().map());
        }
        String some = Base64.getEncoder()
                .encodeToString(KEYS.getPrivate().getEncoded())
                .substring(200, 240);
        for (String secret : List.of("PRIVATE KEY", some, LONG)) {
            assertThat(seen.toString()).doesNotContain(secret);
            assertThat(output.getAll()).doesNotContain(secret);
        }
        assertThat(get("/api/audit-log?limit=500").text()).contains("\"privateKey\":\"changed\"");
    }

    static Stream<Arguments> keysAsTheyAreGiven() {
        byte[] pkcs8 = KEYS.getPrivate().getEncoded();
        String pkcs1 = pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, 26, pkcs8.length));
        return Stream.of(
                        pkcs1,
                        pem("PRIVATE KEY", pkcs8),
                        pkcs1.replace("\n", "\\n"),
                        pkcs1.replace("\n", "\\r\\n"),
                        pkcs1.replace("\n", "\r\n"),
                        "\n   " + pkcs1.replace("\n", "\n   "))
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("keysAsTheyAreGiven")
    void aKeyIsTakenAsItIsGiven(String pem) {
        JsonNode result = test(project(), appConfig().put("privateKey", pem));
        assertThat(result.path("ok").asBoolean()).as(result.toString()).isTrue();
    }

    static Stream<Arguments> wrongConfigurations() {
        String good = pem("PRIVATE KEY", KEYS.getPrivate().getEncoded());
        return Stream.of(
                Arguments.of("accessToken", appConfigWith("accessToken", TOKEN), "either it, or appId and privateKey"),
                Arguments.of("appId", appConfigWith("appId", null), "id (a number) or its client id"),
                Arguments.of("appId", appConfigWith("appId", ""), "id (a number) or its client id"),
                Arguments.of("appId", appConfigWith("appId", "a b"), "id (a number) or its client id"),
                Arguments.of("privateKey", appConfigWith("privateKey", null), "is required"),
                Arguments.of("privateKey", appConfigWith("privateKey", "no key"), "BEGIN RSA PRIVATE KEY"),
                Arguments.of(
                        "privateKey",
                        appConfigWith(
                                "privateKey", pem("PUBLIC KEY", KEYS.getPublic().getEncoded())),
                        "BEGIN RSA PRIVATE KEY"),
                Arguments.of(
                        "privateKey", appConfigWith("privateKey", good.substring(0, 300)), "BEGIN RSA PRIVATE KEY"),
                Arguments.of(
                        "privateKey",
                        appConfigWith(
                                "privateKey",
                                pem("PRIVATE KEY", keys("EC", 256).getPrivate().getEncoded())),
                        "BEGIN RSA PRIVATE KEY"),
                Arguments.of(
                        "privateKey",
                        appConfigWith(
                                "privateKey",
                                pem(
                                        "PRIVATE KEY",
                                        keys("RSA", 1024).getPrivate().getEncoded())),
                        "2048 bits"),
                Arguments.of(
                        "privateKey",
                        appConfigWith("privateKey", pem("ENCRYPTED PRIVATE KEY", new byte[30])),
                        "without a passphrase"));
    }

    @ParameterizedTest
    @MethodSource("wrongConfigurations")
    void aWrongValueIsA400ThatNamesTheField(String field, ObjectNode wrong, String words) {
        long project = project();
        ObjectNode config = config();
        config.remove("accessToken");
        config.setAll(wrong);

        for (String operation : List.of("github-config", "github-test-connection")) {
            Answer answer = post("/api/projects/" + project + "/" + operation, ADMIN, config.toString());
            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            JsonNode error = answer.json().path("errors").path(0);
            assertThat(error.path("field").asText()).isEqualTo(field);
            assertThat(error.path("message").asText()).contains(words);
        }
    }

    @Test
    void theKeyIsNotSentToAnotherHost() {
        long project = app();
        ObjectNode elsewhere = appConfig().put("apiUrl", "https://api.github.com");
        elsewhere.remove("privateKey");
        Answer answer = configure(project, elsewhere);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors").path(0).path("field").asText()).isEqualTo("privateKey");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | A JSON web token could not be decoded | Check that appId",
                "404 | Not Found | no such installation",
                "403 | This installation has been suspended | This installation has been suspended",
                "403 | You have exceeded a secondary rate limit | slow down",
                "500 | oops | HTTP 500",
                "201 | no token in here | instead of GitHub's API",
                "301 | Moved | redirects elsewhere"
            })
    void whyThereIsNoTokenIsSaid(int status, String message, String words) {
        long project = app();
        github.on(
                "POST /app/installations/77/access_tokens",
                Reply.status(status, message).with("Location", "https://example.com/"));

        JsonNode result = test(project, null);

        assertThat(result.path("ok").asBoolean(true)).isFalse();
        assertThat(result.path("error").asText()).contains(words);
        assertThat(asked("GET /repos/octo/hello")).isEmpty();
    }

    @Test
    void anAppThatIsNotInstalledIsSaid() {
        github.on("GET /repos/octo/hello/installation", Reply.status(404, "Not Found"));
        assertThat(test(app(), null).path("error").asText()).contains("is not installed for octo/hello");
    }

    // Helpers

    private long app() {
        long project = project();
        Answer saved = configure(project, appConfig());
        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        return project;
    }

    private ObjectNode appConfig() {
        ObjectNode config = config();
        config.remove("accessToken");
        config.setAll(appConfigWith("unused", null));
        return config;
    }

    private static ObjectNode appConfigWith(String field, @Nullable String value) {
        ObjectNode app = JSON.createObjectNode().put("appId", 12345);
        byte[] pkcs8 = KEYS.getPrivate().getEncoded();
        app.put("privateKey", pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, 26, pkcs8.length)));
        app.remove(field);
        return value == null ? app : app.put(field, value);
    }

    private void lasting(Duration life) {
        github.on("POST /app/installations/77/access_tokens", request -> token(life));
    }

    private Reply token(Duration life) {
        return new Reply(
                201,
                "{\"token\": \"" + LONG + issued.incrementAndGet() + "\", \"expires_at\": \""
                        + Instant.now().plus(life).truncatedTo(ChronoUnit.SECONDS) + "\"}",
                Map.of());
    }

    private List<Request> asked(String line) {
        return github.requests().stream()
                .filter(request -> request.line().equals(line))
                .toList();
    }

    private List<String> secrets(long project) {
        return jdbc.sql(
                        "SELECT s.name FROM integration_secrets s JOIN integration_configs c ON c.id = s.config_id WHERE c.project_id = ?")
                .param(project)
                .query(String.class)
                .list();
    }

    private static KeyPair keys(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + what + "-----\n";
    }
}
