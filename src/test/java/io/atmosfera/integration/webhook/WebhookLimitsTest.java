package io.atmosfera.integration.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.atmosfera.integration.Answer;
import io.atmosfera.integration.SignedDelivery;
import io.atmosfera.integration.http.BodyBudget;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/**
 * A door with little patience: few requests in a window, no time for former secrets, Jira only from its network, and
 * little room for bodies; behind a proxy that says who comes.
 */
@TestPropertySource(
        properties = {
            "platform.security.authentication.rate-limiting.max-requests=30",
            "platform.security.authentication.rate-limiting.window-ms=600000",
            "platform.webhooks.previous-secret-valid-minutes=0",
            "platform.webhooks.sources.jira=10.0.0.0/8,fd00::/8",
            "platform.webhooks.body-budget=256KB",
            "platform.security.trusted-proxies=127.0.0.0/8,::1/128",
            "platform.webhooks.queue-processing=false"
        })
class WebhookLimitsTest extends WebhookSupport {

    @Autowired
    private BodyBudget budget;

    private final String secret = "secret-" + UUID.randomUUID();

    private static byte[] push(String repository) {
        return "{\"ref\": \"refs/heads/main\", \"n\": \"%s\", \"repository\": {\"full_name\": \"%s\"}}"
                .formatted(UUID.randomUUID(), repository)
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void wrongSignaturesAreLimitedAndRightOnesAreNot() {
        githubProject("limits/one", secret);

        for (int i = 0; i < 100; i++) {
            assertThat(github(push("limits/one"), secret, "push").status()).isEqualTo(202);
        }
        Answer last = github(push("limits/one"), "wrong", "push");
        for (int i = 0; i < 60 && last.status() == 401; i++) {
            last = github(push("limits/one"), "wrong", "push");
        }
        assertThat(last.status()).isEqualTo(429);
        assertThat(Integer.parseInt(last.header("Retry-After"))).isPositive();
        assertThat(github(push("limits/one"), secret, "push").status()).isEqualTo(202);
    }

    @Test
    void aFormerSecretEndsAtOnceWhereItHasNoTimeLeft() {
        long project = githubProject("limits/two", secret);
        Answer saved = post(
                "/api/projects/" + project + "/github-config",
                ADMIN,
                """
                {"repository": "limits/two", "accessToken": "token", "apiUrl": "http://127.0.0.1:9", "webhookSecret": "another one"}""");
        assertThat(saved.status()).isEqualTo(200);

        assertThat(github(push("limits/two"), secret, "push").status()).isIn(401, 429);
        assertThat(github(push("limits/two"), "another one", "push").status()).isEqualTo(202);
    }

    @Test
    void anAddressOutsideOfTheNetworksIsRefused() {
        long project = jiraProject("https://limits.example.com", "LIM", secret);

        assertThat(jira(project, "{}", secret, null).status()).isEqualTo(403);
    }

    @Test
    void aTrustedProxySaysWhoComes() {
        long project = jiraProject("https://limits.example.com", "LIMP", secret);
        byte[] body = "{\"webhookEvent\": \"jira:issue_updated\"}".getBytes(StandardCharsets.UTF_8);
        String path = "/api/projects/" + project + "/jira-webhook";

        assertThat(send(SignedDelivery.jira(port, path, body, secret, null).header("X-Forwarded-For", "10.1.2.3"))
                        .status())
                .isEqualTo(202);
        // The last address that is not a trusted proxy's: what stands before it anybody may have written.
        assertThat(send(SignedDelivery.jira(port, path, body, secret, null)
                                .header("X-Forwarded-For", "10.1.2.3, 9.9.9.9, 127.0.0.7"))
                        .status())
                .isEqualTo(403);
        assertThat(send(SignedDelivery.jira(port, path, body, secret, null)
                                .header("X-Forwarded-For", "9.9.9.9, [fd00::5]:4711"))
                        .status())
                .isEqualTo(202);
    }

    @Test
    void theLimitsOfTheApiAreThoseOfTheClientNotOfTheProxy() {
        Answer last = from("9.9.1.1");
        for (int i = 0; i < 40 && last.status() == 401; i++) {
            last = from("9.9.1.1");
        }
        assertThat(last.status()).isEqualTo(429);
        assertThat(from("9.9.1.2").status()).isEqualTo(401);
    }

    private Answer from(String address) {
        return send(request("GET", "/api/projects", "atm_guess", null).header("X-Forwarded-For", address));
    }

    @Test
    void aSenderHoldsNoMoreThanAQuarterOfTheBudgetAndAllTogetherNoMoreThanIt() throws IOException {
        githubProject("limits/three", secret);
        Deque<Socket> held = new ArrayDeque<>();
        try {
            for (int sender = 1; sender <= 4; sender++) {
                held.add(holding("9.9.2." + sender, sender < 4 ? 60_000 : 30_000));
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> budget.taken() >= 210_000);

            Answer same = sendFrom("9.9.2.1", 8_000);
            assertThat(same.status()).as("the sender's own quarter is full").isEqualTo(503);
            assertThat(Integer.parseInt(same.header("Retry-After"))).isPositive();
            assertThat(sendFrom("9.9.2.9", 60_000).status()).as("all is full").isEqualTo(503);
            assertThat(sendFrom("9.9.2.9", 5_000).status())
                    .as("there is room for a small one")
                    .isEqualTo(202);
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> budget.taken() == 0);
        assertThat(sendFrom("9.9.2.1", 20_000).status()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(20)).until(() -> budget.taken() == 0);
    }

    private Answer sendFrom(String address, int bytes) {
        byte[] start = push("limits/three");
        byte[] body = Arrays.copyOf(start, bytes);
        Arrays.fill(body, start.length, bytes, (byte) ' ');
        return send(SignedDelivery.github(
                        port,
                        "/api/webhooks/github",
                        body,
                        secret,
                        "push",
                        UUID.randomUUID().toString())
                .header("X-Forwarded-For", address));
    }

    /** A sender that goes no further after so many bytes of a large body. */
    private Socket holding(String address, int bytes) throws IOException {
        Socket socket = new Socket("localhost", port);
        socket.getOutputStream()
                .write(("POST /api/webhooks/github HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: " + address
                                + "\r\nX-Hub-Signature-256: sha256=" + "0".repeat(64)
                                + "\r\nContent-Length: 20000000\r\n\r\n"
                                + " ".repeat(bytes))
                        .getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }
}
