package io.atmosfera.integration.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.SignedDelivery;
import io.atmosfera.integration.github.StandInGitHub.Reply;
import io.atmosfera.integration.github.StandInGitHub.Request;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** GitHub has one hook for an address and a repository, so it is that of every project that names both. */
class HookSharingTest extends HookSupport {

    private static final String DOOR = "/api/webhooks/github";

    @Test
    void twoProjectsWithOneRepositoryShareTheHookAndItsSecret() {
        long first = saved(config().put("webhookUrl", ADDRESS));
        registered(first);
        String secret = secrets.get(101L);

        long second = saved(config().put("webhookUrl", ADDRESS + "/"));

        assertThat(registered(second).path("hookId").asLong()).isEqualTo(101);
        assertThat(asked("POST")).hasSize(1);
        assertThat(secrets).containsOnlyKeys(101L).containsValue(secret);
        assertThat(shown(second).path("webhookSecretSet").asBoolean()).isTrue();
        assertThat(receivers(secret, first, second)).containsExactly(first, second);
        assertThat(receivers("not that secret", first, second)).isEmpty();
    }

    @Test
    void theLastSecretThatIsGivenHoldsForAllAndTheFormerOneForItsDay() {
        long first = saved(config().put("webhookUrl", ADDRESS));
        long second = saved(config().put("webhookUrl", ADDRESS));
        registered(first);
        registered(second);
        String secret = secrets.get(101L);

        saved(second, config().put("webhookUrl", ADDRESS).put("webhookSecret", "the last one"));

        assertThat(receivers("the last one", first, second)).containsExactly(first, second);
        assertThat(receivers(secret, first, second)).containsExactly(first, second);
        await().atMost(LIMIT).until(() -> "the last one".equals(secrets.get(101L)));
        assertThat(get("/api/audit-log?limit=500").text())
                .contains("\"sharedWith\":\"project/" + second + "\"")
                .doesNotContain("the last one");
        over(first, second);
        await().atMost(LIMIT).until(() -> receivers(secret, first, second).isEmpty());
        assertThat(receivers("the last one", first, second)).containsExactly(first, second);

        // To have it removed is to have another one made, for all.
        Answer patched = patch("/api/projects/" + first + "/github-config", ADMIN, "{\"webhookSecret\": null}");
        assertThat(patched.status()).as(patched.text()).isEqualTo(200);
        await().atMost(LIMIT).until(() -> !"the last one".equals(secrets.get(101L)));
        assertThat(receivers(secrets.get(101L), first, second)).containsExactly(first, second);
    }

    @Test
    void connectionsThatAreSavedAtOnceHaveOneSecret() {
        List<Long> projects = Stream.generate(this::project).limit(4).toList();

        List<CompletableFuture<JsonNode>> saved = projects.stream()
                .map(project ->
                        CompletableFuture.supplyAsync(() -> saved(project, config().put("webhookUrl", ADDRESS))))
                .toList();
        saved.forEach(CompletableFuture::join);

        projects.forEach(this::registered);
        assertThat(asked("POST").stream().map(HookSharingTest::secretOf).distinct())
                .hasSize(1);
        assertThat(asked("PATCH").stream().map(HookSharingTest::secretOf))
                .allSatisfy(secret -> assertThat(secret).isEqualTo(secrets.get(101L)));
        assertThat(receivers(secrets.get(101L), projects.toArray(Long[]::new))).containsExactlyElementsOf(projects);
    }

    @Test
    void aConnectionBetweenTwoOthersBringsThemTogether() {
        hooksOf("octo/world");
        ObjectNode config = config().put("webhookUrl", ADDRESS);
        long hello = saved(config.deepCopy().put("webhookSecret", "of hello"));
        long world = saved(config.deepCopy().put("repository", "octo/world").put("webhookSecret", "of world"));
        assertThat(receivers("of world", hello, world)).isEmpty();

        ObjectNode both = config.deepCopy();
        both.putArray("repositories").add("octo/world");
        long between = saved(both);

        assertThat(receivers("of world", hello, world, between)).containsExactly(hello, between);
        await().atMost(LIMIT)
                .until(() ->
                        secrets.values().stream().filter("of world"::equals).count() == 2);
    }

    /** As it was before hooks were shared: each had a secret of its own, and the last one to be set won. */
    @Test
    void whatEachHadOfItsOwnSignsForAll() {
        long first = saved(config().put("webhookUrl", ADDRESS + "/one").put("webhookSecret", "of the first"));
        registered(first);
        long second = saved(config().put("webhookUrl", ADDRESS).put("webhookSecret", "of the second"));
        assertThat(receivers("of the second", first, second)).containsExactly(second);

        jdbc.sql("UPDATE integration_configs SET config_data = config_data || jsonb_build_object('webhookUrl', ?::text)"
                        + " WHERE project_id = ?")
                .params(ADDRESS, first)
                .update();

        await().atMost(LIMIT)
                .until(() -> receivers("of the second", first, second).size() == 2);
        assertThat(receivers("of the first", first, second)).containsExactly(first, second);
        assertThat(received("/api/projects/" + first + "/github-webhook", "of the second", "octo/hello", first, second))
                .containsExactly(first);
        assertThat(received(DOOR, "of the second", "octo/other", first, second)).isEmpty();

        saved(first, config().put("webhookUrl", ADDRESS));
        await().atMost(LIMIT).until(() -> "of the second".equals(secrets.get(102L)));
        over(first, second);
        await().atMost(LIMIT)
                .until(() -> receivers("of the first", first, second).isEmpty());
        assertThat(receivers("of the second", first, second)).containsExactly(first, second);
    }

    @Test
    void theHookGoesWithTheLastConnectionThatNamesIt() {
        long first = saved(config().put("webhookUrl", ADDRESS));
        long second = saved(config().put("webhookUrl", ADDRESS));
        registered(first);
        registered(second);

        assertThat(delete("/api/projects/" + first + "/github-config", ADMIN).status())
                .isEqualTo(204);
        await().atMost(LIMIT).until(() -> left(first) == 0);
        assertThat(asked("DELETE")).isEmpty();
        assertThat(receivers(secrets.get(101L), first, second)).containsExactly(second);

        assertThat(delete("/api/projects/" + second + "/github-config", ADMIN).status())
                .isEqualTo(204);
        removed(101);
    }

    @Test
    void aHookStaysForAConnectionThatMayNotLookAtIt() {
        long first = saved(config().put("webhookUrl", ADDRESS));
        registered(first);
        github.on(
                "GET " + HOOKS,
                request -> ("Bearer " + TOKEN).equals(request.header("Authorization"))
                        ? list("octo/hello")
                        : Reply.status(403, "Resource not accessible by personal access token"));
        long second = saved(config().put("webhookUrl", ADDRESS).put("accessToken", "ghp_may-not"));
        await().atMost(LIMIT)
                .until(() ->
                        shown(second).path("webhook").path("state").asText().equals("failed"));

        delete("/api/projects/" + first + "/github-config", ADMIN);

        await().atMost(LIMIT)
                .until(() -> left(first) == 0
                        && shown(second).path("webhook").path("hookId").asLong() == 101);
        assertThat(asked("DELETE")).isEmpty();
        assertThat(receivers(secrets.get(101L), first, second)).containsExactly(second);
        delete("/api/projects/" + second + "/github-config", ADMIN);
        removed(101);
    }

    @Test
    void aSecretThatWasChangedAtGitHubIsSetAgainAtMostEveryTenMinutes() {
        long first = saved(config().put("webhookUrl", ADDRESS).put("webhookSecret", SECRET));
        long second = saved(config().put("webhookUrl", ADDRESS));
        registered(first);
        registered(second);
        int before = asked("PATCH").size();
        secrets.put(101L, "somebody's");

        assertThat(refused("99")).isEqualTo(401);
        assertThat(refused("1 OR 1=1")).isEqualTo(401);
        assertThat(refused("101")).isEqualTo(401);
        assertThat(refused("101")).isEqualTo(401);

        await().atMost(LIMIT).until(() -> SECRET.equals(secrets.get(101L)));
        assertThat(refused("101")).isEqualTo(401);
        for (long project : List.of(first, second)) {
            checkedAgain(project, checkedAt(project));
        }
        assertThat(asked("PATCH")).hasSize(before + 1);

        jdbc.sql("UPDATE github_hooks SET refused_at = now() - interval '11 minutes' WHERE hook_id = 101")
                .update();
        assertThat(refused("101")).isEqualTo(401);
        await().atMost(LIMIT).until(() -> asked("PATCH").size() == before + 2);
    }

    // Helpers

    private static String secretOf(Request request) {
        return parsed(request).path("config").path("secret").asText();
    }

    /** Ends the time of former secrets. */
    private void over(long... projects) {
        for (long project : projects) {
            jdbc.sql(
                            "UPDATE integration_secrets SET valid_until = now() - interval '1 second' WHERE valid_until IS NOT NULL"
                                    + " AND config_id IN (SELECT id FROM integration_configs WHERE project_id = ?)")
                    .param(project)
                    .update();
        }
    }

    private int refused(String hook) {
        return send(delivery(DOOR, "somebody's", "octo/hello", UUID.randomUUID().toString())
                        .header("X-GitHub-Hook-ID", hook))
                .status();
    }

    /** Which of the projects a delivery to the common address reaches; none where its signature is refused. */
    private List<Long> receivers(String secret, Long... projects) {
        return received(DOOR, secret, "octo/hello", projects);
    }

    private List<Long> received(String door, String secret, String repository, Long... projects) {
        String guid = UUID.randomUUID().toString();
        Answer answer = send(delivery(door, secret, repository, guid));
        assertThat(answer.status()).as(answer.text()).isIn(202, 401);
        return jdbc.sql(
                        "SELECT project_id FROM webhook_events WHERE delivery_id = ? AND project_id = ANY (?) ORDER BY project_id")
                .params(guid, projects)
                .query(Long.class)
                .list();
    }

    /** Each has another body: the same one again is a duplicate, whatever its id. */
    private HttpRequest.Builder delivery(String door, String secret, String repository, String guid) {
        byte[] body = ("{\"repository\": {\"id\": " + (repository.equals("octo/hello") ? 1296269 : 5)
                        + ", \"full_name\": \"" + repository + "\"}, \"ref\": \"refs/heads/" + guid + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        return SignedDelivery.github(port, door, body, secret, "push", guid);
    }
}
