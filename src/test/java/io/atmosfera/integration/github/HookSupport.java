package io.atmosfera.integration.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.github.StandInGitHub.Reply;
import io.atmosfera.integration.github.StandInGitHub.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;

/** A stand-in for GitHub that keeps the hooks of repositories. */
abstract class HookSupport extends GitHubSupport {

    static final String HOOKS = "/repos/octo/hello/hooks";
    static final String ADDRESS = "https://integration.example.com/api/webhooks/github";
    static final String SECRET = "a \"quoted\" secret";
    static final Pattern ONE = Pattern.compile("(\\w+) /repos/(\\w+/\\w+)/hooks/(\\d+)(/deliveries.*)?");
    static final Duration LIMIT = Duration.ofSeconds(40);

    final Map<Long, ObjectNode> hooks = new ConcurrentSkipListMap<>();
    final AtomicLong ids = new AtomicLong(100);

    /** What GitHub signs each hook's deliveries with. */
    final Map<Long, String> secrets = new ConcurrentSkipListMap<>();

    @BeforeEach
    void hooksAreThere() {
        hooksOf("octo/hello");
        github.otherwise(request -> {
            Matcher one = ONE.matcher(request.line());
            if (!one.matches()) {
                return Reply.status(404, "Not Found");
            }
            long id = Long.parseLong(one.group(3));
            if (one.group(4) != null) {
                return Reply.json("[{\"id\": 1, \"guid\": \"g\", \"event\": \"ping\", \"status\": \"OK\","
                        + " \"status_code\": 200, \"delivered_at\": \"2026-11-28T10:00:00Z\"}]");
            }
            return switch (one.group(1)) {
                case "PATCH" ->
                    Reply.json(put(one.group(2), id, parsed(request)).toString());
                case "DELETE" ->
                    hooks.remove(id) == null ? Reply.status(404, "Not Found") : new Reply(204, "", Map.of());
                default -> Reply.status(404, "Not Found");
            };
        });
    }

    /** The hook is found by the repository's new name, too; by none of both is it ever gone. */
    void isAlsoOf(String repository) {
        ObjectNode there = hooks.get(101L).deepCopy().put("url", github.url() + "/repos/" + repository + "/hooks/101");
        github.on("GET /repos/" + repository + "/hooks", Reply.json("[" + there + "]"));
    }

    void hooksOf(String repository) {
        String path = "/repos/" + repository + "/hooks";
        github.on("GET " + path, request -> list(repository));
        github.on("POST " + path, request -> {
            long id = ids.incrementAndGet();
            return new Reply(201, put(repository, id, parsed(request)).toString(), Map.of());
        });
    }

    long saved(JsonNode config) {
        long project = project();
        assertThat(saved(project, config).path("webhook").path("state").asText())
                .isIn("pending", "none");
        return project;
    }

    JsonNode saved(long project, JsonNode config) {
        Answer saved = configure(project, config);
        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        return saved.json();
    }

    JsonNode registered(long project) {
        return await().atMost(LIMIT).until(() -> shown(project).path("webhook"), hook -> hook.path("state")
                .asText()
                .equals("registered"));
    }

    String checkedAt(long project) {
        return shown(project).path("webhook").path("checkedAt").asText();
    }

    void checkedAgain(long project, String before) {
        await().atMost(LIMIT).until(() -> !checkedAt(project).equals(before));
        registered(project);
    }

    List<Request> asked(String method) {
        return github.requests().stream()
                .filter(request -> request.line().startsWith(method + " ")
                        && !request.line().contains("/attempts"))
                .toList();
    }

    Reply list(String repository) {
        ArrayNode all = JSON.createArrayNode();
        hooks.values().stream()
                .filter(hook -> hook.path("url").asText().contains("/" + repository + "/"))
                .forEach(all::add);
        return Reply.json(all.toString());
    }

    /** GitHub shows no secret. */
    ObjectNode put(String repository, long id, ObjectNode given) {
        ObjectNode hook = given.deepCopy();
        hook.put("id", id).put("url", github.url() + "/repos/" + repository + "/hooks/" + id);
        if (given.path("config").has("secret")) {
            secrets.put(id, given.path("config").path("secret").asText());
        }
        ((ObjectNode) hook.path("config")).put("secret", "********");
        hooks.put(id, hook);
        return hook;
    }

    ObjectNode byHand() {
        ObjectNode hand = JSON.createObjectNode().put("active", false);
        hand.putArray("events").add("push").add("star");
        hand.putObject("config")
                .put("url", ADDRESS + "/")
                .put("content_type", "form")
                .put("insecure_ssl", "1");
        return hand;
    }

    void removed(long... expected) {
        String[] lines = LongStream.of(expected)
                .mapToObj(id -> "DELETE " + HOOKS + "/" + id)
                .toArray(String[]::new);
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(asked("DELETE")).extracting(Request::line).containsExactly(lines));
    }

    int left(long project) {
        return jdbc.sql("SELECT count(*) FROM github_hook_removals WHERE project_id = ?")
                .param(project)
                .query(Integer.class)
                .single();
    }

    void deliver(long project, String event, ObjectNode payload) {
        payload.putObject("repository")
                .put("id", 1296269)
                .put("full_name", payload.path("to").asText("octo/hello"));
        byte[] body = payload.toString().getBytes(StandardCharsets.UTF_8);
        delivered(project, event, body, SECRET, UUID.randomUUID().toString());
    }

    static ObjectNode parsed(Request request) {
        try {
            return (ObjectNode) JSON.readTree(request.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
