package io.atmosfera.integration.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.atmosfera.integration.Answer;
import io.atmosfera.integration.SignedDelivery;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.springframework.beans.factory.annotation.Autowired;

/** Who gets in at the door for webhooks, for how long, and in which form. */
@StoredOnly
class WebhookDoorTest extends WebhookSupport {

    private static final String SITE = "https://door.example.com";

    /** PostgreSQL tells every instance of a change; nothing is asked of it for a delivery. */
    private static final Duration MOMENT = Duration.ofSeconds(2);

    @Autowired
    private CamelContext camel;

    @Autowired
    private DataSource database;

    private final String key =
            "K" + UUID.randomUUID().toString().substring(0, 6).toUpperCase();
    private final String first = "first-" + UUID.randomUUID();
    private final String second = "second-" + UUID.randomUUID();

    private String event() {
        return """
                {"webhookEvent": "jira:issue_updated", "n": "%s",
                 "issue": {"id": "10001", "key": "%s-1", "self": "%s/rest/api/2/issue/10001"}}"""
                .formatted(UUID.randomUUID(), key, SITE);
    }

    private byte[] push(String repository) {
        return "{\"ref\": \"refs/heads/main\", \"n\": \"%s & more\", \"repository\": {\"full_name\": \"%s\"}}"
                .formatted(UUID.randomUUID(), repository)
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void anInstanceThatOnlyTakesInWakesThoseThatApply() throws SQLException {
        jiraProject(SITE, key, first);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("LISTEN " + InboxBell.CHANNEL);

            assertThat(jira(wholeIssue(), first, null).status()).isEqualTo(202);

            PGNotification[] heard = connection.unwrap(PGConnection.class).getNotifications(5000);
            assertThat(heard).extracting(PGNotification::getName).contains(InboxBell.CHANNEL);
        }
    }

    /** It would go on for ever, thousands of times a second. */
    @Test
    void anInstanceThatOnlyTakesInDoesNotAnswerItself() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("LISTEN " + InboxBell.CHANNEL);
            statement.execute("NOTIFY " + InboxBell.CHANNEL);

            int heard = 0;
            for (int read = 0; read < 10; read++) {
                heard += connection.unwrap(PGConnection.class).getNotifications(100).length;
            }
            assertThat(heard).as("this one, and what former tests still tell").isBetween(1, 4);
        }
    }

    private String wholeIssue() {
        return """
                {"webhookEvent": "jira:issue_updated",
                 "issue": {"id": "10001", "key": "%s-1", "self": "%s/rest/api/2/issue/10001", "fields": {
                     "summary": "Whole", "status": {"name": "To Do"}, "updated": "2026-11-25T10:00:00.000+0000"}}}"""
                .formatted(key, SITE);
    }

    @Test
    void theExamplesThatGitHubAndJiraPublishHold() {
        assertThat(WebhookSignature.matches(
                        digest("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"),
                        "Hello, World!".getBytes(StandardCharsets.UTF_8),
                        WebhookSignature.key("It's a Secret to Everybody".getBytes(StandardCharsets.UTF_8))))
                .isTrue();
        assertThat(WebhookSignature.matches(
                        digest("sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9"),
                        "Hello World!".getBytes(StandardCharsets.UTF_8),
                        WebhookSignature.key("It's a Secret to Everybody".getBytes(StandardCharsets.UTF_8))))
                .isTrue();
    }

    private static byte[] digest(String header) {
        byte[] digest = WebhookSignature.digest(header);
        assertThat(digest).isNotNull();
        return digest == null ? new byte[0] : digest;
    }

    @Test
    void aFormerSecretIsValidBesideItsSuccessor() {
        long project = jiraProject(SITE, key, first);
        configureJira(project, SITE, key, second);

        assertThat(jira(event(), first, null).status()).isEqualTo(202);
        assertThat(jira(event(), second, null).status()).isEqualTo(202);
        assertThat(jira(event(), first + second, null).status()).isEqualTo(401);
    }

    @Test
    void aDeletedConfigurationEndsItsSecretAtOnce() {
        long project = jiraProject(SITE, key, first);
        assertThat(jira(project, event(), first, null).status()).isEqualTo(202);

        assertThat(delete("/api/projects/" + project + "/jira-config", ADMIN).status())
                .isEqualTo(204);

        await().atMost(MOMENT)
                .untilAsserted(() ->
                        assertThat(jira(project, event(), first, null).status()).isEqualTo(401));
        assertThat(jira(event(), first, null).status()).isEqualTo(401);
    }

    @Test
    void aDeletedProjectIsUnknown() {
        long project = jiraProject(SITE, key, first);
        assertThat(jira(project, event(), first, null).status()).isEqualTo(202);

        assertThat(delete("/api/projects/" + project, ADMIN).status()).isEqualTo(204);

        await().atMost(MOMENT)
                .untilAsserted(() ->
                        assertThat(jira(project, event(), first, null).status()).isEqualTo(401));
        assertThat(jira(event(), first, null).status()).isEqualTo(401);
    }

    /** It would fill the memory of whoever reads it. */
    @Test
    void aBodyThatNobodyCanHaveSignedIsRefusedBeforeItComes() throws IOException {
        long project = jiraProject(SITE, key, first);
        String known = "/api/projects/" + project + "/jira-webhook";
        String wellFormed = "X-Hub-Signature: sha256=" + "0".repeat(64) + "\r\n";

        assertThat(statusOfHead(known, "")).isEqualTo(401);
        assertThat(statusOfHead(known, "X-Hub-Signature: sha256=short\r\n")).isEqualTo(401);
        assertThat(statusOfHead(known, wellFormed.replace("sha256", "sha1"))).isEqualTo(401);
        assertThat(statusOfHead("/api/webhooks/github", wellFormed)).isEqualTo(401);
        assertThat(statusOfHead("/api/projects/999999999/jira-webhook", wellFormed))
                .isEqualTo(401);
        assertThat(statusOfHead(known, wellFormed + "Expect: 100-continue\r\n")).isEqualTo(100);
    }

    /** What is answered when nothing but the head has come. */
    private int statusOfHead(String path, String headers) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers
                                    + "Content-Length: 15000\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
            return Integer.parseInt(answer.substring(9));
        }
    }

    @Test
    void aConnectionGoesOnAfterARefusal() throws IOException {
        long project = jiraProject(SITE, key, first);
        byte[] body = event().getBytes(StandardCharsets.UTF_8);
        String head = "POST /api/projects/" + project + "/jira-webhook HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                + body.length + "\r\n";
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
            out.write((head + "Connection: close\r\nX-Hub-Signature: " + SignedDelivery.sign(body, first) + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answers).startsWith("HTTP/1.1 401").contains("HTTP/1.1 202");
        }
    }

    @Test
    void aSecretOfAnotherProjectNeverVerifies() {
        long ours = jiraProject(SITE, key, first);
        jiraProject(SITE, key + "X", second);

        assertThat(jira(event(), second, null).status()).isEqualTo(401);
        assertThat(jira(ours, event(), second, null).status()).isEqualTo(401);
    }

    @Test
    void gitHubSendsJsonOrAForm() {
        String repository = "door/" + key;
        githubProject(repository, first);
        byte[] json = push(repository);
        byte[] form = ("payload="
                        + URLEncoder.encode(
                                new String(push(repository), StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);

        Answer asJson = github(json, first, "push");
        Answer asForm = send(SignedDelivery.github(
                        port,
                        "/api/webhooks/github",
                        form,
                        first,
                        "push",
                        UUID.randomUUID().toString())
                .setHeader("Content-Type", "application/x-www-form-urlencoded"));

        assertThat(asJson.json().path("status").asText()).as(asJson.text()).isEqualTo("accepted");
        assertThat(asForm.json().path("status").asText()).as(asForm.text()).isEqualTo("accepted");
        assertThat(get("/api/webhooks/events/" + asForm.json().path("eventId").asLong())
                        .json()
                        .path("payload")
                        .path("repository")
                        .path("full_name")
                        .asText())
                .isEqualTo(repository);
    }

    @Test
    void aPingIsAnsweredAndNotKept() {
        String repository = "door/" + key;
        long project = githubProject(repository, first);

        Answer ping = github(push(repository), first, "ping");

        assertThat(ping.status()).isEqualTo(200);
        assertThat(ping.text()).isEqualTo("{\"status\":\"pong\"}");
        assertThat(github(push(repository), second, "ping").status()).isEqualTo(401);
        assertThat(jdbc.sql("SELECT count(*) FROM webhook_events WHERE project_id = ? OR event_type = 'ping'")
                        .param(project)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void whatIsTooLargeIsRefusedWhetherItSaysSoOrNot() {
        long project = jiraProject(SITE, key, first);
        String path = "/api/projects/" + project + "/jira-webhook";
        byte[] large = ("{\"a\": \"" + "x".repeat(64 * 1024) + "\"}").getBytes(StandardCharsets.UTF_8);
        var request = SignedDelivery.jira(port, path, large, first, null);

        assertThat(send(request).status()).isEqualTo(413);
        assertThat(send(request.POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(large))))
                        .status())
                .isEqualTo(413);
    }

    @Test
    void whatIsSaidToBeSomethingElseIsNotRead() {
        long project = jiraProject(SITE, key, first);
        byte[] body = event().getBytes(StandardCharsets.UTF_8);
        String path = "/api/projects/" + project + "/jira-webhook";

        assertThat(send(SignedDelivery.jira(port, path, body, first, null).setHeader("Content-Type", "text/xml"))
                        .status())
                .isEqualTo(415);
        assertThat(send(SignedDelivery.jira(port, path, body, first, null).setHeader("Content-Encoding", "gzip"))
                        .status())
                .isEqualTo(415);
    }

    @Test
    void whileARouteIsStoppedItsSenderComesAgain() throws Exception {
        long project = jiraProject(SITE, key, first);
        assertThat(camel.getRoutes()).extracting(Route::getId).contains("webhook-jira-of-project");
        camel.getRouteController().stopRoute("webhook-jira-of-project");
        Answer stopped;
        try {
            stopped = jira(project, event(), first, null);
        } finally {
            camel.getRouteController().startRoute("webhook-jira-of-project");
        }

        assertThat(stopped.status()).isEqualTo(503);
        assertThat(Integer.parseInt(stopped.header("Retry-After"))).isPositive();
        assertThat(jira(project, event(), first, null).status()).isEqualTo(202);
    }
}
