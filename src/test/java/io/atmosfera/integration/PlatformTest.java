package io.atmosfera.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestExecutionListeners;
import org.springframework.test.context.TestExecutionListeners.MergeMode;

/**
 * The whole platform on a free port, talked to through its front door. Classes that ask for the same properties share
 * one running platform and its database, so a test makes what it needs under names of its own and counts nothing else.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "platform.admin-token=" + PlatformTest.ADMIN,
            "platform.outbound.allow-http=true",
            "platform.outbound.allowed-networks=127.0.0.0/8",
            "platform.security.authentication.rate-limiting.max-requests=1000000",
            // The platforms of a fork share the JVM's MBeans: Hawtio would show one and stop the routes of another.
            "camel.main.jmx-enabled=false"
        })
@ActiveProfiles("embedded")
@TestExecutionListeners(
        listeners = {PlatformsClose.class, IdlePlatforms.class},
        mergeMode = MergeMode.MERGE_WITH_DEFAULTS)
@AutoConfigureObservability(tracing = false) // Tests of Spring Boot have no metrics unless they ask.
public abstract class PlatformTest {

    /** A token of the role ADMIN that is always there. */
    public static final String ADMIN = "atm_test-admin-token";

    /** No token at all, for the helpers that take one. */
    protected static final @Nullable String NOBODY = null;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    protected static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    @LocalServerPort
    protected int port;

    @Autowired
    protected JdbcClient jdbc;

    @DynamicPropertySource
    static void ownDatabaseAndFolder(DynamicPropertyRegistry registry) throws IOException {
        String address = TestDatabase.create();
        Path folder = Files.createTempDirectory("platform-test-");
        registry.add("spring.datasource.url", () -> address);
        registry.add("platform.data-dir", folder::toString);
    }

    protected Answer get(String path) {
        return get(path, ADMIN);
    }

    protected Answer get(String path, @Nullable String token) {
        return send(request("GET", path, token, null));
    }

    protected Answer post(String path, @Nullable String token, @Nullable String json) {
        return send(request("POST", path, token, json));
    }

    protected Answer put(String path, @Nullable String token, @Nullable String json) {
        return send(request("PUT", path, token, json));
    }

    protected Answer patch(String path, @Nullable String token, @Nullable String json) {
        return send(request("PATCH", path, token, json));
    }

    protected Answer delete(String path, @Nullable String token) {
        return send(request("DELETE", path, token, null));
    }

    /**
     * A request to be refined and sent.
     *
     * @param path  the path and query, as they stand in the address
     * @param token the bearer token, if any
     * @param json  the body, if any
     */
    protected HttpRequest.Builder request(String method, String path, @Nullable String token, @Nullable String json) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(PATIENCE)
                .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    protected static Answer send(HttpRequest.Builder request) {
        try {
            return Answer.of(HTTP.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Whoever asked a project's connections for patience has forgotten it. */
    protected void patienceIsForgotten(long project) {
        jdbc.sql("UPDATE connection_health SET quiet_until = NULL"
                        + " WHERE config_id IN (SELECT id FROM integration_configs WHERE project_id = ?)")
                .param(project)
                .update();
    }

    /** The wait of a sync is over, and nobody remembers why it was. */
    protected void waitNoMore(long sync) {
        patienceIsForgotten(jdbc.sql("SELECT project_id FROM sync_logs WHERE id = ?")
                .param(sync)
                .query(Long.class)
                .single());
        int changed = jdbc.sql("UPDATE sync_logs SET waiting_until = now() WHERE id = ? AND owner IS NULL")
                .param(sync)
                .update();
        if (changed != 1) {
            throw new AssertionError("Sync " + sync + " does not wait");
        }
    }

    /** Makes a token of a role and gives its value. */
    protected String tokenOf(String role) {
        Answer made = post(
                "/api/admin/tokens",
                ADMIN,
                """
                {"name": "%s for a test", "role": "%s"}""".formatted(role, role));
        return made.json().path("token").asText();
    }
}
