package io.atmosfera.integration.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.github.StandInGitHub.Reply;
import io.atmosfera.integration.github.StandInGitHub.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Deliveries that did not get here are asked for again, and only those. */
@ExtendWith(OutputCaptureExtension.class)
class GitHubRedeliveryTest extends GitHubSupport {

    private static final String HOOK = "https://integration.example.com/api/webhooks/github";
    private static final String SECRET = "It's a Secret to Everybody";
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private String hooks = "";

    @BeforeEach
    void hookIsThere() {
        hooks = "/repos/octo/hello/hooks";
        github.on(
                "GET " + hooks,
                Reply.json("[" + hook(4, "https://elsewhere.example.com/") + "," + hook(7, HOOK) + "]"));
        github.on("POST " + hooks + "/7/deliveries/103/attempts", new Reply(202, "{}", Map.of()));
    }

    @Test
    void whatNeverGotHereIsSentAgain(CapturedOutput output) {
        String missed = UUID.randomUUID().toString();
        deliveries(
                delivery(105, "fresh-" + missed, "push", 0, Duration.ofSeconds(5)),
                delivery(104, "fine-" + missed, "push", 202, Duration.ofMinutes(5)),
                delivery(103, missed, "push", 503, Duration.ofMinutes(6)),
                delivery(102, missed, "push", 0, Duration.ofMinutes(7)),
                delivery(101, "ping-" + missed, "ping", 500, Duration.ofMinutes(8)),
                delivery(100, "old-" + missed, "push", 500, Duration.ofDays(4)));

        long project = watched();

        await().atMost(LIMIT).until(() -> asked().contains("POST " + hooks + "/7/deliveries/103/attempts"));
        assertThat(asked()).containsOnly("POST " + hooks + "/7/deliveries/103/attempts");
        Request attempt = github.requests().stream()
                .filter(request ->
                        request.line().startsWith("POST") && request.line().contains("/deliveries/"))
                .findFirst()
                .orElseThrow();
        assertThat(attempt.header("Authorization")).isEqualTo("Bearer " + TOKEN);
        assertThat(attempt.header("X-GitHub-Api-Version")).isEqualTo("2022-11-28");
        assertThat(github.lines())
                .contains("GET " + hooks + "?per_page=100", "GET " + hooks + "/7/deliveries?per_page=100");
        await().atMost(LIMIT).untilAsserted(() -> assertThat(output.getAll())
                .contains("GitHub sends the delivery " + missed + " (push) of octo/hello again"));
        JsonNode health = health(project).path("missedDeliveries");
        assertThat(Instant.parse(health.path("checkedAt").asText())).isBeforeOrEqualTo(Instant.now());
        assertThat(health.path("waiting").asInt()).isEqualTo(1);
        assertThat(health.has("problem")).isFalse();
    }

    @Test
    void whatGetsHereIsNotAskedForAnyMore() {
        String missed = UUID.randomUUID().toString();
        deliveries(delivery(103, missed, "push", 500, Duration.ofMinutes(6)));
        long project = watched();
        github.on("POST " + hooks + "/7/deliveries/103/attempts", request -> {
            deliver(project, missed);
            return new Reply(202, "", Map.of());
        });

        await().atMost(LIMIT).until(() -> !asked().isEmpty());
        await().atMost(LIMIT)
                .until(() ->
                        health(project).path("missedDeliveries").path("waiting").asInt(1) == 0);
        assertThat(asked()).hasSize(1);
    }

    @Test
    void whatIsHereAlreadyIsNotAskedFor() {
        String known = UUID.randomUUID().toString();
        deliveries(
                delivery(106, "again", "push", 202, Duration.ofMinutes(2)),
                delivery(104, known, "push", 504, Duration.ofMinutes(5)),
                delivery(103, "again", "push", 500, Duration.ofMinutes(6)));
        long project = project();
        configure(project, watchedConfig());
        deliver(project, known);

        checkedTwice(project);

        assertThat(asked()).isEmpty();
        assertThat(health(project).path("missedDeliveries").path("waiting").asInt())
                .isZero();
    }

    @Test
    void theListIsReadBackToWhatWasReadBefore() {
        String prefix = UUID.randomUUID().toString();
        String second = hooks + "/7/deliveries?per_page=100&cursor=v1_100";
        github.on(
                "GET " + hooks + "/7/deliveries?per_page=100",
                Reply.json("[" + delivery(110, prefix + 1, "push", 202, Duration.ofMinutes(3)) + "]")
                        .with("Link", "<" + github.url() + second + ">; rel=\"next\""));
        github.on(
                "GET " + second, Reply.json("[" + delivery(103, prefix + 2, "push", 500, Duration.ofMinutes(4)) + "]"));

        long project = watched();

        await().atMost(LIMIT).until(() -> !asked().isEmpty());
        assertThat(github.lines()).contains("GET " + second);
        int before =
                (int) github.lines().stream().filter(("GET " + second)::equals).count();
        checkedTwice(project);
        assertThat(github.lines().stream().filter(("GET " + second)::equals)).hasSize(before);
        assertThat(jdbc.sql(
                                "SELECT last_delivery_id FROM github_redelivery r JOIN integration_configs c ON c.id = r.config_id WHERE c.project_id = ?")
                        .param(project)
                        .query(Long.class)
                        .single())
                .isEqualTo(110);
    }

    @Test
    void aListThatGoesOnElsewhereIsNotFollowedAndThatIsSaid() {
        github.on(
                "GET " + hooks + "/7/deliveries?per_page=100",
                Reply.json("[]").with("Link", "<https://evil.example.com/steal>; rel=\"next\""));
        long project = watched();

        checkedTwice(project);

        assertThat(health(project).path("missedDeliveries").path("problem").asText())
                .contains("another address than apiUrl leads to");
        assertThat(asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void aTokenThatMayNotIsSaidOnce(int status, CapturedOutput output) {
        github.on("GET " + hooks, Reply.status(status, "Resource not accessible by personal access token"));
        long project = watched();

        checkedTwice(project);

        assertThat(health(project).path("missedDeliveries").path("problem").asText())
                .contains("may not see the repository's hooks", "Webhooks: read and write");
        assertThat(output.getAll()).containsOnlyOnce("Missed deliveries of octo/hello: The token may not see");
        assertThat(output.getAll()).doesNotContain("Exception");
    }

    @Test
    void aHookThatIsMissingIsSaid() {
        String second = hooks + "?page=2";
        github.on(
                "GET " + hooks + "?per_page=100",
                Reply.json("[" + hook(4, "https://elsewhere.example.com/") + "]")
                        .with("Link", "<" + github.url() + second + ">; rel=\"next\""));
        github.on("GET " + second, Reply.json("[" + hook(5, HOOK + "/other") + "]"));
        long project = watched();

        await().atMost(LIMIT).until(() -> health(project)
                .path("missedDeliveries")
                .path("problem")
                .asText()
                .contains("GitHub has no hook that delivers to " + HOOK));
        assertThat(github.lines()).contains("GET " + second);
    }

    @Test
    void theHookOfEveryRepositoryIsLookedAt() {
        String first = UUID.randomUUID().toString();
        String second = UUID.randomUUID().toString();
        String others = "/repos/octo/other/hooks";
        deliveries(delivery(103, first, "push", 503, Duration.ofMinutes(6)));
        github.on("GET " + others, Reply.json("[" + hook("octo/other", 9, HOOK) + "]"));
        github.on(
                "GET " + others + "/9/deliveries",
                Reply.json("[" + delivery(98, second, "push", 500, Duration.ofMinutes(7)) + "]"));
        github.on("POST " + others + "/9/deliveries/98/attempts", new Reply(202, "{}", Map.of()));

        long project = watchedWithOther();

        await().atMost(LIMIT).untilAsserted(() -> assertThat(asked())
                .containsExactlyInAnyOrder(
                        "POST " + hooks + "/7/deliveries/103/attempts",
                        "POST " + others + "/9/deliveries/98/attempts"));
        deliver(project, first);
        checkedTwice(project);
        assertThat(health(project).path("missedDeliveries").path("waiting").asInt())
                .isEqualTo(1);

        assertThat(configure(project, watchedConfig()).status()).isEqualTo(200);
        await().atMost(LIMIT)
                .until(() ->
                        health(project).path("missedDeliveries").path("waiting").asInt(-1) == 0);
    }

    @Test
    void whereOneOfSeveralHooksIsMissingItIsNamed() {
        deliveries();
        github.on("GET /repos/octo/other/hooks", Reply.json("[]"));
        long project = watchedWithOther();

        await().atMost(LIMIT).until(() -> health(project)
                .path("missedDeliveries")
                .path("problem")
                .asText()
                .startsWith("octo/other: GitHub has no hook that delivers to " + HOOK));
    }

    private long watchedWithOther() {
        long project = project();
        ObjectNode config = (ObjectNode) watchedConfig();
        config.putArray("repositories").add("octo/other");
        Answer saved = configure(project, config);
        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        return project;
    }

    @Test
    void aRateLimitIsWaitedFor() {
        github.on("GET " + hooks, Reply.status(429, "Too many").with("Retry-After", "3600"));
        long project = watched();

        await().atMost(LIMIT).until(() -> health(project)
                .path("missedDeliveries")
                .path("problem")
                .asText()
                .contains("rate limit"));
        int asked = (int)
                github.lines().stream().filter(line -> line.contains("/hooks")).count();
        // Somebody else's turn shows that time goes on.
        github.on("GET " + hooks, Reply.json("[]"));
        long other = watched();
        checkedTwice(other);
        assertThat(jdbc.sql(
                                "SELECT not_before > now() + interval '50 minutes' FROM github_redelivery r JOIN integration_configs c ON c.id = r.config_id WHERE c.project_id = ?")
                        .param(project)
                        .query(Boolean.class)
                        .single())
                .isTrue();
        // Once for the deliveries, once for the hook itself.
        assertThat(asked).isBetween(1, 2);
    }

    @Test
    void oneThatGitHubHasNoMoreDoesNotHinderTheOthers(CapturedOutput output) {
        String prefix = UUID.randomUUID().toString();
        deliveries(
                delivery(103, prefix + 2, "push", 500, Duration.ofMinutes(4)),
                delivery(99, prefix + 1, "push", 500, Duration.ofMinutes(5)));
        watched();

        await().atMost(LIMIT).until(() -> asked().contains("POST " + hooks + "/7/deliveries/103/attempts"));
        assertThat(asked()).startsWith("POST " + hooks + "/7/deliveries/99/attempts");
        await().atMost(LIMIT).untilAsserted(() -> assertThat(output.getAll())
                .contains("GitHub cannot send the delivery " + prefix + "1 (push) of octo/hello again"));
    }

    @Test
    void aRateLimitInTheMiddleEndsTheTurn() {
        String prefix = UUID.randomUUID().toString();
        github.on(
                "POST " + hooks + "/7/deliveries/99/attempts",
                Reply.status(403, "You have exceeded a secondary rate limit"));
        deliveries(
                delivery(103, prefix + 2, "push", 500, Duration.ofMinutes(4)),
                delivery(99, prefix + 1, "push", 500, Duration.ofMinutes(5)));
        long project = watched();

        await().atMost(LIMIT).until(() -> health(project)
                .path("missedDeliveries")
                .path("problem")
                .asText()
                .contains("slow down"));
        assertThat(asked()).containsExactly("POST " + hooks + "/7/deliveries/99/attempts");
    }

    @Test
    void aRepositoryWithoutAWebhookUrlIsLeftAlone() {
        long quiet = connected();
        long project = watched();
        checkedTwice(project);
        assertThat(health(quiet).has("missedDeliveries")).isFalse();
    }

    // Helpers

    private long watched() {
        long project = project();
        Answer saved = configure(project, watchedConfig());
        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        return project;
    }

    private JsonNode watchedConfig() {
        return config().put("webhookUrl", HOOK + "/").put("webhookSecret", SECRET);
    }

    private void deliver(long project, String guid) {
        byte[] body =
                ("{\"ref\": \"refs/heads/main\", \"repository\": {\"id\": 1296269, \"full_name\": \"octo/hello\"}, \"n\": \""
                                + guid + "\"}")
                        .getBytes(StandardCharsets.UTF_8);
        delivered(project, "push", body, SECRET, guid);
    }

    /** Waits until the deliveries of a connection were looked at twice more. */
    private void checkedTwice(long project) {
        for (int i = 0; i < 2; i++) {
            String before = checkedAt(project);
            await().atMost(LIMIT).until(() -> {
                String now = checkedAt(project);
                return now != null && !now.equals(before);
            });
        }
        // The turn that was begun has ended when another one begins.
        String begun = checkedAt(project);
        await().atMost(LIMIT).until(() -> !String.valueOf(begun).equals(checkedAt(project)));
    }

    private @Nullable String checkedAt(long project) {
        return health(project).path("missedDeliveries").path("checkedAt").asText(null);
    }

    private List<String> asked() {
        return github.lines().stream()
                .filter(line -> line.startsWith("POST") && line.contains("/deliveries/"))
                .toList();
    }

    private void deliveries(String... items) {
        github.on("GET " + hooks + "/7/deliveries", Reply.json("[" + String.join(",", items) + "]"));
    }

    private String hook(long id, String address) {
        return hook("octo/hello", id, address);
    }

    private String hook(String repository, long id, String address) {
        return """
               {"id": %d, "active": true, "url": "%s/repos/%s/hooks/%d", "config": {"url": "%s", "content_type": "json"}}"""
                .formatted(id, github.url(), repository, id, address);
    }

    private static String delivery(long id, String guid, String event, int status, Duration age) {
        return """
               {"id": %d, "guid": "%s", "delivered_at": "%s", "redelivery": false, "duration": 0.1,
                "status": "x", "status_code": %d, "event": "%s", "action": null}"""
                .formatted(id, guid, Instant.now().minus(age), status, event);
    }
}
