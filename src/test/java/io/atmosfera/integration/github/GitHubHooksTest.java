package io.atmosfera.integration.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.github.StandInGitHub.Reply;
import io.atmosfera.integration.github.StandInGitHub.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The hook of a repository is made, mended and removed at GitHub. */
@ExtendWith(OutputCaptureExtension.class)
class GitHubHooksTest extends HookSupport {

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
        checkedAgain(project, checkedAt(project));
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
        delivered(project, "push", body, secret, "guid-" + project);
        String before = checkedAt(project);
        assertThat(saved(project, config().put("webhookUrl", ADDRESS))
                        .path("webhookSecretSet")
                        .asBoolean())
                .isTrue();
        checkedAgain(project, before);
        assertThat(asked("PATCH")).isEmpty();
    }

    @Test
    void aHookThatIsThereIsMendedAndStaysWhenTheConnectionGoes() {
        put("octo/hello", 7, byHand());
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
        assertThat(left(project)).isZero();
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
        removed(101);
        await().atMost(LIMIT)
                .until(() -> shown(project).path("webhook").path("hookId").asLong() == 102);

        assertThat(delete("/api/projects/" + project + "/github-config", ADMIN).status())
                .isEqualTo(204);
        removed(101, 102);
        assertThat(hooks).isEmpty();
        await().atMost(LIMIT).until(() -> left(project) == 0);
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
    }

    @Test
    void aHookIsFoundOnAnyPageOfTheList() {
        ObjectNode hand = put("octo/hello", 7, byHand());
        github.on("GET " + HOOKS + "?per_page=100", request -> Reply.json("[]")
                .with("Link", "<" + github.url() + HOOKS + "?per_page=100&page=2>; rel=\"next\""));
        github.on("GET " + HOOKS + "?per_page=100&page=2", request -> Reply.json("[" + hand + "]"));

        long project = saved(config().put("webhookUrl", ADDRESS).put("webhookSecret", SECRET));

        assertThat(registered(project).path("hookId").asLong()).isEqualTo(7);
        assertThat(asked("POST")).isEmpty();
    }

    @Test
    void aHookIsThereEvenWhereItsDeliveriesCannotBeSeen() {
        github.on("GET " + HOOKS + "/101/deliveries", Reply.status(403, "Resource not accessible"));

        long project = saved(config().put("webhookUrl", ADDRESS));

        assertThat(registered(project).has("lastDelivery")).isFalse();
        assertThat(delete("/api/projects/" + project + "/github-config", ADMIN).status())
                .isEqualTo(204);
        removed(101);
    }

    @Test
    void eachRepositoryHasAHookAndOneThatIsNoLongerNamedLosesIt() {
        hooksOf("octo/world");
        ObjectNode config = config().put("webhookUrl", ADDRESS);
        long project = saved(
                config.deepCopy().set("repositories", JSON.createArrayNode().add("octo/world")));

        await().atMost(LIMIT)
                .until(
                        () -> shown(project).path("webhooks").findValuesAsText("state"),
                        states -> states.equals(List.of("registered", "registered")));
        JsonNode webhooks = shown(project).path("webhooks");
        assertThat(webhooks.findValuesAsText("repository")).containsExactly("octo/hello", "octo/world");
        assertThat(shown(project).path("webhook").path("hookId"))
                .isEqualTo(webhooks.path(0).path("hookId"));
        assertThat(asked("POST"))
                .extracting(Request::line)
                .containsExactlyInAnyOrder("POST " + HOOKS, "POST /repos/octo/world/hooks");
        assertThat(asked("POST"))
                .extracting(
                        request -> parsed(request).path("config").path("secret").asText())
                .hasSize(2)
                .containsOnly(parsed(asked("POST").get(0))
                        .path("config")
                        .path("secret")
                        .asText());

        saved(project, config);

        await().atMost(LIMIT).untilAsserted(() -> assertThat(asked("DELETE"))
                .extracting(Request::line)
                .containsExactly("DELETE /repos/octo/world/hooks/"
                        + webhooks.path(1).path("hookId").asLong()));
        await().atMost(LIMIT).until(() -> !shown(project).has("webhooks"));
        assertThat(shown(project).path("webhook").path("state").asText()).isEqualTo("registered");
    }

    @Test
    void aHookThatGitHubSaysWasDeletedIsMadeAgain() {
        long project = saved(config().put("webhookUrl", ADDRESS).put("webhookSecret", SECRET));
        registered(project);
        hooks.clear();

        deliver(
                project,
                "meta",
                JSON.createObjectNode().put("action", "deleted").put("hook_id", 101));

        await().atMost(LIMIT)
                .until(() -> shown(project).path("webhook").path("hookId").asLong() == 102);
        assertThat(asked("POST")).hasSize(2);
        assertThat(asked("DELETE")).isEmpty();
    }

    @Test
    void aRenamedRepositoryKeepsItsHook() {
        long project = saved(config().put("webhookUrl", ADDRESS).put("webhookSecret", SECRET));
        registered(project);
        isAlsoOf("octo/goodbye");
        // Under a name that nobody knows it is only found by its number.
        await().atMost(LIMIT).until(() -> jdbc.sql(
                        "SELECT config_data ->> 'repositoryId' FROM integration_configs WHERE project_id = ?")
                .param(project)
                .query(String.class)
                .list()
                .equals(List.of("1296269")));
        ObjectNode renamed = JSON.createObjectNode().put("action", "renamed").put("to", "octo/goodbye");
        renamed.putObject("changes").putObject("repository").putObject("name").put("from", "hello");

        deliver(project, "repository", renamed);

        await().atMost(LIMIT)
                .until(() -> shown(project).path("repository").asText().equals("octo/goodbye"));
        await().atMost(LIMIT).untilAsserted(() -> assertThat(github.lines())
                .anyMatch(line -> line.startsWith("GET /repos/octo/goodbye/hooks/101/")));
        // The hook is registered all the while; that it was found under its new address is noted after the last
        // question.
        await().atMost(LIMIT).until(() -> jdbc.sql(
                        "SELECT h.hook_url FROM github_hooks h JOIN integration_configs c ON c.id = h.config_id WHERE c.project_id = ?")
                .param(project)
                .query(String.class)
                .single()
                .endsWith("/repos/octo/goodbye/hooks/101"));
        registered(project);
        assertThat(shown(project).path("webhook").path("hookId").asLong()).isEqualTo(101);
        assertThat(asked("POST")).hasSize(1);
        delete("/api/projects/" + project + "/github-config", ADMIN);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(asked("DELETE"))
                .extracting(Request::line)
                .containsExactly("DELETE /repos/octo/goodbye/hooks/101"));
    }

    @Test
    void aRepositoryThatIsEnteredUnderItsNewNameKeepsItsHook() {
        ObjectNode config = config().put("webhookUrl", ADDRESS);
        long project = saved(config);
        registered(project);
        isAlsoOf("octo/goodbye");

        saved(project, config.put("repository", "octo/goodbye"));

        registered(project);
        await().atMost(LIMIT).until(() -> left(project) == 0);
        assertThat(asked("POST")).hasSize(1);
        assertThat(asked("DELETE")).isEmpty();
        assertThat(hooks).containsOnlyKeys(101L);
        delete("/api/projects/" + project + "/github-config", ADMIN);
        await().atMost(LIMIT).until(hooks::isEmpty);
    }

    @Test
    void aRemovalThatFailsIsTriedAgainEvenWhenTheProjectIsGone(CapturedOutput output) {
        AtomicLong attempts = new AtomicLong();
        github.on(
                "DELETE " + HOOKS + "/101",
                request -> attempts.incrementAndGet() == 1
                        ? Reply.status(502, "Bad Gateway")
                        : new Reply(204, "", Map.of()));
        long project = saved(config().put("webhookUrl", ADDRESS));
        registered(project);
        String secret =
                parsed(asked("POST").get(0)).path("config").path("secret").asText();

        assertThat(delete("/api/projects/" + project, ADMIN).status()).isEqualTo(204);

        await().atMost(LIMIT).until(() -> attempts.get() == 2 && left(project) == 0);
        assertThat(asked("DELETE"))
                .extracting(request -> request.header("Authorization"))
                .containsOnly("Bearer " + TOKEN);
        assertThat(output.getAll()).doesNotContain(secret).doesNotContain(TOKEN);
        jdbc.sql("UPDATE departed_connections SET departed_at = now() - interval '4 minutes' WHERE project_id = ?")
                .param(project)
                .update();
        await().atMost(LIMIT)
                .until(() -> jdbc.sql("SELECT count(*) FROM departed_connections WHERE project_id = ?")
                                .param(project)
                                .query(Integer.class)
                                .single()
                        == 0);
    }

    @Test
    void aHookThatMayNotBeRemovedIsLeftThereAndThatIsSaid() {
        github.on("DELETE " + HOOKS + "/101", Reply.status(403, "Resource not accessible by personal access token"));
        long project = saved(config().put("webhookUrl", ADDRESS));
        registered(project);

        saved(project, config());

        removed(101);
        await().atMost(LIMIT).until(() -> left(project) == 0);
        assertThat(get("/api/audit-log?limit=500").text()).contains("it lacks the permission Webhooks: read and write");
        assertThat(shown(project).path("webhook").path("state").asText()).isEqualTo("none");
    }

    @Test
    void anotherSitesTokenIsNotSentToRemoveAHook() {
        long project = saved(config().put("webhookUrl", ADDRESS));
        registered(project);
        try (StandInGitHub other = StandInGitHub.start()) {
            other.hasRepository();

            saved(project, config().put("apiUrl", other.url()).put("accessToken", "ghp_another-token"));

            await().atMost(LIMIT).until(() -> get("/api/audit-log?limit=500")
                    .text()
                    .contains("The connection leads to another GitHub now"));
            assertThat(left(project)).isZero();
            assertThat(asked("DELETE")).isEmpty();
        }
    }
}
