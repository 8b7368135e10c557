package io.atmosfera.integration.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.atmosfera.integration.Answer;
import io.atmosfera.integration.PlatformTest;
import io.atmosfera.integration.SignedDelivery;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Projects whose Jira and GitHub send signed deliveries. */
abstract class WebhookSupport extends PlatformTest {

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
        return jira("/api/webhooks/jira", body, secret, deliveryId);
    }

    Answer jira(long project, String body, String secret, @Nullable String deliveryId) {
        return jira("/api/projects/" + project + "/jira-webhook", body, secret, deliveryId);
    }

    private Answer jira(String path, String body, String secret, @Nullable String deliveryId) {
        return send(SignedDelivery.jira(port, path, body.getBytes(StandardCharsets.UTF_8), secret, deliveryId));
    }

    /** Makes a project with a repository; nothing is asked of its GitHub. */
    long githubProject(String repository, String secret) {
        long project = project();
        Answer saved = post(
                "/api/projects/" + project + "/github-config",
                ADMIN,
                """
                {"repository": "%s", "accessToken": "token", "apiUrl": "http://127.0.0.1:9", "webhookSecret": "%s"}"""
                        .formatted(repository, secret));
        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        return project;
    }

    Answer github(byte[] body, String secret, String event) {
        return send(SignedDelivery.github(
                port,
                "/api/webhooks/github",
                body,
                secret,
                event,
                UUID.randomUUID().toString()));
    }

    HttpRequest.Builder raw(String path, byte[] body) {
        return SignedDelivery.plain(port, path, body);
    }
}
