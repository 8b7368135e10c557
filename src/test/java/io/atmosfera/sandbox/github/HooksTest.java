package io.atmosfera.sandbox.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.sandbox.http.Delivery;
import io.atmosfera.sandbox.http.LoopbackServer;
import io.atmosfera.sandbox.http.RecordedRequest;
import io.atmosfera.sandbox.http.Reply;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The webhooks of the simulated GitHub, and a receiver of them. */
class HooksTest {

    private static final String SECRET = "It's a Secret to Everybody";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final SimulatedGitHub github = SimulatedGitHub.start(new SimulatedGitHub.Options());
    private final GitHubClient client = new GitHubClient(github);
    private final List<RecordedRequest> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger status = new AtomicInteger(202);
    private final LoopbackServer receiver = LoopbackServer.bind("receiver", 0, Clock.systemUTC());

    HooksTest() {
        receiver.start(request -> {
            received.add(request);
            return Delivery.whole(Reply.of(status.get(), Reply.JSON, "{}"));
        });
    }

    @AfterEach
    void close() {
        github.close();
        receiver.stop();
    }

    private JsonNode hook(String contentType, String events) {
        HttpResponse<String> made = client.send(
                "POST",
                "/repos/" + github.repository() + "/hooks",
                """
                {"name": "web", "active": true, "events": [%s], "config": {"url": "%s/hook", "content_type": "%s", "secret": "%s"}}"""
                        .formatted(events, receiver.baseUri(), contentType, SECRET));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        await().atMost(LIMIT).until(() -> !received.isEmpty());
        return GitHubClient.tree(made.body());
    }

    private void isSigned(RecordedRequest request) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        assertThat(request.header("X-Hub-Signature-256"))
                .isEqualTo("sha256="
                        + HexFormat.of().formatHex(mac.doFinal(request.body().getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void aHookGetsAPingAndThenSignedEvents() throws GeneralSecurityException {
        JsonNode hook = hook("json", "\"*\"");
        assertThat(hook.path("config").path("secret").asText()).isEqualTo("********");
        RecordedRequest ping = received.get(0);
        assertThat(ping.header("X-GitHub-Event")).isEqualTo("ping");
        assertThat(ping.header("X-GitHub-Hook-ID")).isEqualTo(hook.path("id").asText());
        isSigned(ping);

        for (int i = 0; i < 40; i++) {
            github.changeSomething();
        }
        await().atMost(LIMIT).untilAsserted(() -> assertThat(received)
                .extracting(request -> request.header("X-GitHub-Event"))
                .contains("push", "create", "pull_request", "pull_request_review", "workflow_run", "check_run"));
        assertThat(received)
                .extracting(request -> request.header("X-GitHub-Delivery"))
                .doesNotHaveDuplicates();
        for (RecordedRequest request : received) {
            isSigned(request);
            assertThat(request.json().path("repository").path("full_name").asText())
                    .isEqualTo(github.repository());
        }
        assertThat(received)
                .filteredOn(request -> "push".equals(request.header("X-GitHub-Event")))
                .allSatisfy(push -> {
                    assertThat(push.json().path("after").asText()).hasSize(40);
                    assertThat(push.json().path("repository").path("pushed_at").isIntegralNumber())
                            .isTrue();
                });
    }

    @Test
    void whatFailsIsListedAndSentAgainByTheSameGuid() {
        JsonNode hook = hook("json", "\"ping\"");
        String path =
                "/repos/" + github.repository() + "/hooks/" + hook.path("id").asText();
        status.set(500);
        client.send("POST", path + "/pings", "");
        JsonNode failed = await().atMost(LIMIT)
                .until(
                        () -> GitHubClient.tree(client.send("GET", path + "/deliveries?status=failure", null)
                                .body()),
                        list -> list.size() == 1)
                .path(0);
        assertThat(failed.path("status_code").asInt()).isEqualTo(500);
        status.set(202);
        assertThat(client.send("POST", path + "/deliveries/" + failed.path("id").asText() + "/attempts", "")
                        .statusCode())
                .isEqualTo(202);
        await().atMost(LIMIT).until(() -> received.size() == 3);
        assertThat(received.get(2).header("X-GitHub-Delivery"))
                .isEqualTo(failed.path("guid").asText());
        await().atMost(LIMIT).until(() -> GitHubClient.tree(
                        client.send("GET", path + "/deliveries", null).body())
                .path(0)
                .path("redelivery")
                .asBoolean());
    }

    @Test
    void aHookIsChangedAndRemoved() throws GeneralSecurityException {
        JsonNode hook = hook("form", "\"push\"");
        RecordedRequest ping = received.get(0);
        assertThat(ping.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(ping.body()).startsWith("payload=%7B");
        isSigned(ping);
        String path = "/repos/" + github.repository() + "/hooks";
        String one = path + "/" + hook.path("id").asText();
        assertThat(GitHubClient.tree(
                                client.send("PATCH", one, "{\"active\": false}").body())
                        .path("active")
                        .asBoolean(true))
                .isFalse();
        assertThat(client.send("POST", path, "{\"config\": {\"url\": \"" + receiver.baseUri() + "/hook\"}}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(client.send("DELETE", one, null).statusCode()).isEqualTo(204);
        assertThat(client.send("GET", path, null).body()).isEqualTo("[]");
        assertThat(client.send("DELETE", one, null).statusCode()).isEqualTo(404);
    }
}
