package io.atmosfera.integration.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.SignedDelivery;
import io.atmosfera.integration.github.StandInGitHub.Reply;
import io.atmosfera.integration.github.StandInGitHub.Request;
import io.atmosfera.integration.inbox.GitHubEventTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** The hook of a repository is made, mended and removed at GitHub. */
@TestPropertySource(properties = "platform.github.redelivery-interval=2s")
class GitHubHooksTest extends GitHubSupport {

    private static final String HOOKS = "/repos/octo/hello/hooks";
    private static final String ADDRESS = "https://integration.example.com/api/webhooks/github";
    private static final String SECRET = "a \"quoted\" secret";
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final Map<Long, ObjectNode> hooks = new ConcurrentSkipListMap<>();
    private final AtomicLong ids = new AtomicLong(100);

    @BeforeEach
    void hooksAreThere() {
        github.on("GET " + HOOKS, request -> list());
        github.on("POST " + HOOKS, request -> {
            long id = ids.incrementAndGet();
            return new Reply(201, put(id, parsed(request)).toString(), Map.of());
        });
        github.otherwise(request -> {
            String[] parts = request.line().split("[ /?]");
            if (!request.line().contains(HOOKS + "/")) {
                return Reply.status(404, "Not Found");
            }
            long id = Long.parseLong(parts[6]);
            if (request.line().contains("/deliveries")) {
                return Reply.json("[{\"id\": 1, \"guid\": \"g\", \"event\": \"ping\", \"status\": \"OK\","
                        + " \"status_code\": 200, \"delivered_at\": \"2026-11-28T10:00:00Z\"}]");
            }
            return switch (parts[0]) {
                case "PATCH" -> Reply.json(put(id, parsed(request)).toString());
                case "DELETE" -> {
                    hooks.remove(id);
                    yield new Reply(204, "", Map.of());
                }
                default -> Reply.status(404, "Not Found");
            };
        });
    }

    @Test
    void aHookIsMadeWithTheSecretThatIsGiven() {
        long project = saved(config().put("webhookUrl", ADDRESS).put("webhookSecret", SECRET));

        JsonNode webhook = registered(project);

        assertThat(webhook.path("hookId").asLong()).isEqualTo(101);
        assertThat(webhook.path("url").asText()).isEqualTo(ADDRESS);
        assertThat(webhook.path("events").size()).isEqualTo(GitHubEventTypes.KNOWN.size());
        assertThat(webhook.path("lastDelivery").path("statusCode").asInt()).isEqualTo(200);
        assertThat(webhook.path("lastDelivery").path("at").asText()).isEqualTo("2026-11-28T10:00:00Z");
        assertThat(webhook.has("checkedAt")).isTrue();
        assertThat(asked("POST")).hasSize(1);
        JsonNode made = parsed(asked("POST").get(0));
        assertThat(asked("POST").get(0).header("Authorization")).isEqualTo("Bearer " + TOKEN);
        assertThat(asked("POST").get(0).header("PlatformFill")).isNull();
        assertThat(made.path("name").asText()).isEqualTo("web");
        assertThat(made.path("active").asBoolean()).isTrue();
        assertThat(made.path("config").path("url").asText()).isEqualTo(ADDRESS);
        assertThat(made.path("config").path("content_type").asText()).isEqualTo("json");
        assertThat(made.path("config").path("secret").asText()).isEqualTo(SECRET);
        assertThat(made.path("config").path("insecure_ssl").asText()).isEqualTo("0");
        checkedAgain(project);
        assertThat(asked("POST")).hasSize(1);
        assertThat(asked("PATCH")).isEmpty();
        assertThat(get("/api/audit-log?limit=500").text())
                .contains("github-hook.create")
                .doesNotContain("quoted");
    }

    @Test
    void withoutASecretOneIsMadeThatDeliveriesAreSignedWith() {
        long project = saved(config().put("webhookUrl", ADDRESS));
        assertThat(shown(project).path("webhookSecretSet").asBoolean()).isTrue();
        registered(project);

        String secret =
                parsed(asked("POST").get(0)).path("config").path("secret").asText();

        assertThat(secret).matches("[0-9a-f]{64}");
        byte[] body = "{\"repository\": {\"id\": 1296269, \"full_name\": \"octo/hello\"}, \"ref\": \"refs/heads/x\"}"
                .getBytes(StandardCharsets.UTF_8);
        Answer delivered = send(SignedDelivery.github(
                port, "/api/projects/" + project + "/github-webhook", body, secret, "push", "guid-" + project));
        assertThat(delivered.status()).as(delivered.text()).isEqualTo(202);
        assertThat(saved(project, config().put("webhookUrl", ADDRESS))
                        .path("webhookSecretSet")
                        .asBoolean())
                .isTrue();
        checkedAgain(project);
        assertThat(asked("PATCH")).isEmpty();
    }

    @Test
    void aHookThatIsThereIsMendedAndStaysWhenTheConnectionGoes() {
        ObjectNode hand = JSON.createObjectNode().put("active", false);
        hand.putArray("events").add("push").add("star");
        hand.putObject("config")
                .put("url", ADDRESS + "/")
                .put("content_type", "form")
                .put("insecure_ssl", "1");
        put(7, hand);
        long project = saved(config().put("webhookUrl", ADDRESS).put("webhookSecret", SECRET));

        assertThat(registered(project).path("hookId").asLong()).isEqualTo(7);

        assertThat(asked("POST")).isEmpty();
        JsonNode mended = parsed(asked("PATCH").get(0));
        assertThat(mended.path("active").asBoolean()).isTrue();
        assertThat(mended.path("events").toString()).contains("\"star\"", "\"pull_request\"");
        assertThat(mended.path("config").path("secret").asText()).isEqualTo(SECRET);
        assertThat(mended.path("config").path("insecure_ssl").asText()).isEqualTo("1");
        assertThat(delete("/api/projects/" + project + "/github-config", ADMIN).status())
                .isEqualTo(204);
        assertThat(asked("DELETE")).isEmpty();
    }

    @Test
    void aNewSecretIsGivenToGitHub() {
        ObjectNode config = config().put("webhookUrl", ADDRESS).put("webhookSecret", SECRET);
        long project = saved(config);
        registered(project);

        saved(project, config.put("webhookSecret", "another secret"));

        await().atMost(LIMIT).until(() -> !asked("PATCH").isEmpty());
        assertThat(parsed(asked("PATCH").get(0)).path("config").path("secret").asText())
                .isEqualTo("another secret");
    }

    @Test
    void aHookThatWasRemovedAtGitHubIsMadeAnew() {
        long project = saved(config().put("webhookUrl", ADDRESS));
        registered(project);
        hooks.clear();

        await().atMost(LIMIT).until(() -> asked("POST").size() == 2);
        await().atMost(LIMIT)
                .until(() -> shown(project).path("webhook").path("hookId").asLong() == 102);
    }

    @Test
    void theHookOfOursGoesWithItsAddressAndWithTheConnection() {
        long project = saved(config().put("webhookUrl", ADDRESS));
        registered(project);

        saved(project, config().put("webhookUrl", ADDRESS + "/new"));
        await().atMost(LIMIT).until(() -> asked("POST").size() == 2);
        assertThat(asked("DELETE")).extracting(Request::line).containsExactly("DELETE " + HOOKS + "/101");
        await().atMost(LIMIT)
                .until(() -> shown(project).path("webhook").path("hookId").asLong() == 102);

        assertThat(delete("/api/projects/" + project + "/github-config", ADMIN).status())
                .isEqualTo(204);
        assertThat(asked("DELETE")).extracting(Request::line).contains("DELETE " + HOOKS + "/102");
        assertThat(hooks).isEmpty();
        assertThat(get("/api/audit-log?limit=500").text()).contains("github-hook.delete");
    }

    @Test
    void withoutAnAddressTheHookOfOursIsRemoved() {
        long project = saved(config().put("webhookUrl", ADDRESS));
        registered(project);
        saved(project, config());

        await().atMost(LIMIT).until(hooks::isEmpty);
        assertThat(shown(project).path("webhook").path("state").asText()).isEqualTo("none");
    }

    @Test
    void aTokenThatMayNotIsSaidAndTheConnectionWorks() {
        github.on("POST " + HOOKS, Reply.status(403, "Resource not accessible by personal access token"));
        long project = saved(config().put("webhookUrl", ADDRESS));

        await().atMost(LIMIT)
                .until(() ->
                        shown(project).path("webhook").path("state").asText().equals("failed"));
        assertThat(shown(project).path("webhook").path("error").asText())
                .contains("Webhooks: read and write", "by hand", ADDRESS);
        assertThat(test(project, null).path("ok").asBoolean()).isTrue();
        github.on("DELETE " + HOOKS + "/1", Reply.status(500, "oops"));
        assertThat(delete("/api/projects/" + project + "/github-config", ADMIN).status())
                .isEqualTo(204);
    }

    // Helpers

    private long saved(JsonNode config) {
        long project = project();
        assertThat(saved(project, config).path("webhook").path("state").asText())
                .isIn("pending", "none");
        return project;
    }

    private JsonNode saved(long project, JsonNode config) {
        Answer saved = configure(project, config);
        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        return saved.json();
    }

    private JsonNode registered(long project) {
        return await().atMost(LIMIT).until(() -> shown(project).path("webhook"), hook -> hook.path("state")
                .asText()
                .equals("registered"));
    }

    private void checkedAgain(long project) {
        String before = shown(project).path("webhook").path("checkedAt").asText();
        await().atMost(LIMIT).until(() -> !shown(project)
                .path("webhook")
                .path("checkedAt")
                .asText()
                .equals(before));
        registered(project);
    }

    private List<Request> asked(String method) {
        return github.requests().stream()
                .filter(request -> request.line().startsWith(method + " ")
                        && !request.line().contains("/attempts"))
                .toList();
    }

    private Reply list() {
        ArrayNode all = JSON.createArrayNode();
        hooks.values().forEach(all::add);
        return Reply.json(all.toString());
    }

    /** GitHub shows no secret. */
    private ObjectNode put(long id, ObjectNode given) {
        ObjectNode hook = given.deepCopy();
        hook.put("id", id).put("url", github.url() + HOOKS + "/" + id);
        ((ObjectNode) hook.path("config")).put("secret", "********");
        hooks.put(id, hook);
        return hook;
    }

    private static ObjectNode parsed(Request request) {
        try {
            return (ObjectNode) JSON.readTree(request.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
