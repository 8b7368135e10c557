package io.atmosfera.integration.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.atmosfera.integration.Answer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** A door with little patience: few requests in a window, no time for former secrets, and Jira only from its network. */
@TestPropertySource(
        properties = {
            "platform.security.authentication.rate-limiting.max-requests=30",
            "platform.security.authentication.rate-limiting.window-ms=600000",
            "platform.webhooks.previous-secret-valid-minutes=0",
            "platform.webhooks.sources.jira=10.0.0.0/8,fd00::/8",
            "platform.webhooks.queue-processing=false"
        })
class WebhookLimitsTest extends WebhookSupport {

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
}
