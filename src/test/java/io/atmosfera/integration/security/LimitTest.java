package io.atmosfera.integration.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.atmosfera.integration.Answer;
import io.atmosfera.integration.PlatformTest;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** How often and how much. */
@TestPropertySource(
        properties = {
            "platform.security.authentication.rate-limiting.max-requests=20",
            "platform.security.authentication.rate-limiting.window-ms=3600000",
            "platform.security.data-validation.max-payload-size=10KB"
        })
@DirtiesContext // No other class can use a platform that answers so little.
class LimitTest extends PlatformTest {

    private static final int LIMIT = 10 * 1024;

    private static String body(int bytes) {
        String empty = "{\"username\": \"\", \"role\": \"VIEWER\"}";
        return "{\"username\": \"" + "x".repeat(bytes - empty.length()) + "\", \"role\": \"VIEWER\"}";
    }

    private static HttpRequest.BodyPublisher chunked(String body) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aTokenThatAsksTooOftenWaits() {
        String token = tokenOf("VIEWER");
        for (int n = 0; n < 20; n++) {
            assertThat(get("/api/projects", token).status()).isEqualTo(200);
        }
        Answer answer = get("/api/projects", token);
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("status").asInt()).isEqualTo(429);
        // A request every three minutes, so that the next one is allowed within them.
        assertThat(Long.parseLong(answer.header("Retry-After"))).isBetween(1L, 180L);
        assertThat(get("/api/projects", tokenOf("VIEWER")).status()).isEqualTo(200);
    }

    @Test
    void badTokensCountForTheirAddress() {
        Answer answer = get("/api/projects", "atm_guess");
        for (int n = 0; n < 20 && answer.status() == 401; n++) {
            answer = get("/api/projects", "atm_guess" + n);
        }
        assertThat(answer.status()).isEqualTo(429);
        assertThat(get("/api/projects", NOBODY).status()).isEqualTo(429);
        assertThat(get("/actuator/health", NOBODY).status()).isEqualTo(200);
        assertThat(post("/api/webhooks/jira", NOBODY, "{}").status()).isNotEqualTo(429);
        assertThat(get("/api/projects", tokenOf("VIEWER")).status()).isEqualTo(200);
    }

    @Test
    void aBodyOverTheLimitIsRefused() {
        String token = tokenOf("ADMIN");
        // As large as allowed is too long a name, but not too large a body.
        assertThat(post("/api/admin/users", token, body(LIMIT)).status()).isEqualTo(400);
        Answer declared = post("/api/admin/users", token, body(LIMIT + 1));
        assertThat(declared.status()).isEqualTo(413);
        assertThat(declared.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(post("/api/admin/users", token, body(5_000_000)).status()).isEqualTo(413);
        for (int size : new int[] {LIMIT + 1, 5_000_000}) {
            assertThat(send(request("POST", "/api/admin/users", token, "")
                                    .POST(chunked(body(size)))
                                    .setHeader("Content-Type", "application/json"))
                            .status())
                    .isEqualTo(413);
        }
        assertThat(send(request("POST", "/api/admin/users", token, "")
                                .POST(chunked(body(50)))
                                .setHeader("Content-Type", "application/json"))
                        .status())
                .isEqualTo(201);
        assertThat(post("/api/admin/users", NOBODY, body(LIMIT + 1)).status()).isIn(401, 429);
    }
}
