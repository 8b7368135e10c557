package io.atmosfera.integration.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.atmosfera.integration.Answer;
import io.atmosfera.integration.PlatformTest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Projects whose Jira and GitHub send signed deliveries. */
abstract class WebhookSupport extends PlatformTest {

    static final String SECRET = "It's a Secret to Everybody";
    static final Duration LIMIT = Duration.ofSeconds(20);

    private static final AtomicInteger KEYS = new AtomicInteger();

    /** Makes a project; its key is a new one. */
    long project() {
        String key = "W" + KEYS.incrementAndGet()
                + UUID.randomUUID().toString().substring(0, 4).toUpperCase();
        Answer made = post("/api/projects", ADMIN, "{\"name\": \"Webhooks\", \"key\": \"" + key + "\"}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().path("id").asLong();
    }

    /** Makes a project with a Jira whose issues are those of a key. */
    long jiraProject(String jiraUrl, String projectKey, String secret) {
        long project = project();
        configureJira(project, jiraUrl, projectKey, secret);
        return project;
    }

    void configureJira(long project, String jiraUrl, String projectKey, String secret) {
        Answer saved = post(
                "/api/projects/" + project + "/jira-config",
                ADMIN,
                """
                {"jiraUrl": "%s", "email": "a@example.com", "apiKey": "key", "projectKey": "%s", "autoSync": false,
                 "deployment": "cloud", "webhookSecret": "%s"}"""
                        .formatted(jiraUrl, projectKey, secret));
        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
    }

    Answer jira(String body, String secret, @Nullable String deliveryId) {
        return deliver(
                "/api/webhooks/jira", body.getBytes(StandardCharsets.UTF_8), "X-Hub-Signature", secret, deliveryId);
    }

    Answer jira(long project, String body, String secret, @Nullable String deliveryId) {
        return deliver(
                "/api/projects/" + project + "/jira-webhook",
                body.getBytes(StandardCharsets.UTF_8),
                "X-Hub-Signature",
                secret,
                deliveryId);
    }

    Answer deliver(String path, byte[] body, String signatureHeader, String secret, @Nullable String deliveryId) {
        HttpRequest.Builder request =
                raw(path, body).header("Content-Type", "application/json").header(signatureHeader, sign(body, secret));
        if (deliveryId != null) {
            request.header("X-Atlassian-Webhook-Identifier", deliveryId);
        }
        return send(request);
    }

    HttpRequest.Builder raw(String path, byte[] body) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(LIMIT)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    static String sign(byte[] body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
