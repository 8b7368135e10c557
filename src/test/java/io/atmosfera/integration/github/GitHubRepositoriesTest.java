package io.atmosfera.integration.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.SignedDelivery;
import io.atmosfera.integration.github.StandInGitHub.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A project with several repositories: each is read by itself, and what it has is told apart. */
class GitHubRepositoriesTest extends GitHubSupport {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final String SECRET = "secret-of-several";

    @BeforeEach
    void twoRepositoriesAreThere() {
        collectOnly("repository,branches,pulls");
        repository("octo/hello", 1296269);
        repository("Octo/Other", 77);
        repository("octo/other", 77);
    }

    private void repository(String name, long id) {
        github.on(
                "GET /repos/" + name,
                Reply.json(repositoryNode(name.toLowerCase(Locale.ROOT), id).toString())
                        .with("ETag", "\"r" + id + "\""));
        github.on(
                "GET /repos/" + name + "/branches",
                Reply.json("[{\"name\": \"main\", \"commit\": {\"sha\": \"aaa" + id + "\"}, \"protected\": false}]")
                        .with("ETag", "\"b" + id + "\""));
        github.on("GET /repos/" + name + "/pulls", Reply.json(GitHubRows.array(pull(name, 1), pull(name, id))));
    }

    private static ObjectNode repositoryNode(String name, long id) {
        return JSON.createObjectNode().put("id", id).put("full_name", name).put("default_branch", "main");
    }

    private static String pull(String repository, long number) {
        return GitHubRows.pull(number, "Of " + repository, "2026-01-02T00:00:00Z");
    }

    private ObjectNode both() {
        ObjectNode config = config().put("webhookSecret", SECRET);
        config.putArray("repositories").add("Octo/Other");
        return config;
    }

    private long connectedToBoth() {
        long project = project();
        Answer saved = configure(project, both());
        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        return project;
    }

    private JsonNode synced(long project) {
        Answer started = await().atMost(LIMIT)
                .until(
                        () -> post("/api/projects/" + project + "/github-sync", ADMIN, null),
                        answer -> answer.status() != 409);
        String log = "/api/projects/" + project + "/github-sync-logs/"
                + started.json().path("syncId").asLong();
        return await().atMost(LIMIT).until(() -> get(log).json(), shown -> !shown.path("status")
                .asText()
                .equals("running"));
    }

    private List<String> list(long project, String what, String field) {
        List<String> found = new ArrayList<>();
        get("/api/projects/" + project + "/" + what)
                .json()
                .forEach(item -> found.add(item.path("repository").asText() + " "
                        + item.path(field).asText()));
        return found;
    }

    private static List<String> streams(JsonNode log) {
        List<String> streams = new ArrayList<>();
        log.path("streams")
                .forEach(stream -> streams.add(stream.path("repository").asText() + " "
                        + stream.path("name").asText() + " "
                        + stream.path("state").asText()));
        return streams;
    }

    @Test
    void eachRepositoryIsReadAfterTheOther() {
        long project = connectedToBoth();

        JsonNode log = synced(project);

        assertThat(log.path("status").asText()).as(log.toString()).isEqualTo("completed");
        assertThat(streams(log))
                .containsExactly(
                        "octo/hello repository completed",
                        "octo/hello branches completed",
                        "octo/hello pulls completed",
                        "Octo/Other repository completed",
                        "Octo/Other branches completed",
                        "Octo/Other pulls completed");
        assertThat(github.lines())
                .filteredOn(line -> line.contains("/pulls"))
                .containsExactly(
                        "GET /repos/octo/hello/pulls?state=all&sort=updated&direction=desc&per_page=100",
                        "GET /repos/Octo/Other/pulls?state=all&sort=updated&direction=desc&per_page=100");
        assertThat(list(project, "github-branches", "sha"))
                .containsExactlyInAnyOrder("octo/hello aaa1296269", "octo/other aaa77");
        assertThat(list(project, "github-pulls?repository=octo/OTHER", "number"))
                .containsExactlyInAnyOrder("octo/other 1", "octo/other 77");
    }

    @Test
    void whatIsKnownIsKnownOfEachRepository() {
        long project = connectedToBoth();
        synced(project);
        // From now on the second one is asked for by the name that GitHub writes.
        synced(project);
        github.requests().clear();

        synced(project);

        assertThat(github.requests().stream()
                        .filter(request -> request.line().endsWith("/branches?per_page=100"))
                        .map(request -> request.header("If-None-Match")))
                .containsExactly("\"b1296269\"", "\"b77\"");
    }

    @Test
    void whatWasEnteredIsShownAsItWasEntered() {
        long project = connectedToBoth();
        synced(project);
        synced(project);

        JsonNode shown = shown(project);

        assertThat(shown.path("repository").asText()).isEqualTo("octo/hello");
        assertThat(shown.path("repositories").toString()).isEqualTo("[\"octo/other\"]");
        assertThat(shown.path("repositoryId").asLong()).isEqualTo(1296269);
    }

    @Test
    void aRepositoryThatCannotBeReadDoesNotStopTheOthers() {
        github.on("GET /repos/Octo/Other", Reply.status(404, "Not Found"));
        long project = connectedToBoth();

        JsonNode log = synced(project);

        assertThat(log.path("status").asText()).as(log.toString()).isEqualTo("completed");
        assertThat(streams(log))
                .contains("octo/hello pulls completed", "Octo/Other repository failed", "Octo/Other pulls failed");
        assertThat(log.path("warnings")).singleElement().satisfies(warning -> assertThat(
                        warning.path("message").asText())
                .startsWith("Octo/Other: GitHub has no repository Octo/Other"));
        assertThat(list(project, "github-pulls", "number")).hasSize(2);
    }

    @Test
    void whereNoRepositoryCanBeReadTheSyncFails() {
        github.on("GET /repos/octo/hello", Reply.status(404, "Not Found"));
        github.on("GET /repos/Octo/Other", Reply.status(403, "Resource not accessible"));
        long project = connectedToBoth();

        JsonNode log = synced(project);

        assertThat(log.path("status").asText()).isEqualTo("failed");
        assertThat(log.path("errorMessage").asText()).startsWith("GitHub has no repository octo/hello");
        assertThat(log.path("streams"))
                .allSatisfy(stream -> assertThat(stream.path("state").asText()).isEqualTo("failed"));
    }

    @ParameterizedTest
    @CsvSource({"404, 'GitHub has no repository octo/hello'", "403, 'The organisation wants single sign-on'"})
    void aRepositoryThatIsNoLongerGivenFailsTheSync(int status, String words) {
        long project = connected();
        withoutProbes(project);
        assertThat(synced(project).path("status").asText()).isEqualTo("completed");
        jdbc.sql("UPDATE sync_schedules SET last_success_at = now() - interval '1 hour' WHERE project_id = ?")
                .param(project)
                .update();
        github.on("GET /repos/octo/hello", Reply.status(status, "No").with("X-GitHub-SSO", "required; url=x"));
        github.requests().clear();

        JsonNode log = synced(project);

        assertThat(log.path("status").asText()).as(log.toString()).isEqualTo("failed");
        assertThat(log.path("errorMessage").asText()).startsWith(words);
        assertThat(streams(log)).containsExactly(" repository failed", " branches failed", " pulls failed");
        assertThat(github.lines()).containsExactly("GET /repos/octo/hello");
        JsonNode health = health(project);
        assertThat(health.path("dataAgeSeconds").asInt()).isGreaterThanOrEqualTo(3600);
        assertThat(health.path("status").asText()).isEqualTo("DOWN");
        assertThat(health.path("uptimePercent").asDouble()).isLessThan(100);
    }

    @Test
    void aRepositoryThatIsNoLongerGivenFailsAloneBesideAnother() {
        long project = connectedToBoth();
        synced(project);
        // The second sync calls it by GitHub's own name.
        synced(project);
        github.on("GET /repos/octo/other", Reply.status(404, "Not Found"));

        JsonNode log = synced(project);

        assertThat(log.path("status").asText()).as(log.toString()).isEqualTo("completed");
        assertThat(streams(log))
                .contains("octo/hello pulls completed", "octo/other repository failed", "octo/other pulls failed");
        assertThat(log.path("warnings")).singleElement().satisfies(warning -> assertThat(
                        warning.path("message").asText())
                .startsWith("octo/other repository: GitHub has no repository octo/other"));
    }

    @Test
    void whatCannotBeStoredIsNamedInTheLogAndTheRestIsThere() {
        String branch = new Random(1)
                .ints(3000, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        github.on(
                "GET /repos/octo/hello/branches",
                Reply.json("[{\"name\": \"main\", \"commit\": {\"sha\": \"aaa\"}}," + " {\"name\": \"" + branch
                        + "\", \"commit\": {\"sha\": \"bbb\"}}]"));
        ObjectNode timeless = (ObjectNode) GitHubRows.tree(pull("octo/hello", 12));
        timeless.put("updated_at", "").put("created_at", "").put("closed_at", "yesterday");
        ObjectNode odd = (ObjectNode) GitHubRows.tree(pull("octo/hello", 13));
        odd.put("closed_at", "yesterday");
        github.on(
                "GET /repos/octo/hello/pulls",
                Reply.json(GitHubRows.array(pull("octo/hello", 11), timeless.toString(), odd.toString())));
        long project = connected();

        JsonNode log = synced(project);

        assertThat(log.path("status").asText()).as(log.toString()).isEqualTo("completed");
        assertThat(log.path("warnings").findValuesAsText("message"))
                .satisfiesExactlyInAnyOrder(
                        message -> assertThat(message)
                                .startsWith(
                                        "branches: 1 could not be stored (quarantined): " + branch.substring(0, 100))
                                .endsWith("Its name is longer than 1000 bytes."),
                        message -> assertThat(message)
                                .isEqualTo(
                                        "pulls: 1 could not be stored (quarantined): 12: It has no readable created_at."),
                        message -> assertThat(message)
                                .isEqualTo("pulls: 1 stored without a value: 13: closed_at is no date: 'yesterday'"));
        assertThat(list(project, "github-branches", "name")).containsExactly("octo/hello main");
        assertThat(list(project, "github-pulls", "number")).containsExactlyInAnyOrder("octo/hello 11", "octo/hello 13");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-01T00:00:00Z", "", "yesterday"})
    void aDeliveryWithAValueThatCannotBeStoredIsProcessed(String timestamp) {
        long project = connectedToBoth();
        synced(project);
        String ref = "refs/heads/" + "long-".repeat(600) + UUID.randomUUID();
        ObjectNode event = event("octo/other", 77)
                .put("ref", ref)
                .put("after", "c".repeat(40))
                .put("before", "b".repeat(40));
        ObjectNode commit =
                event.putArray("commits").addObject().put("id", "c".repeat(40)).put("timestamp", timestamp);
        commit.putNull("author").putNull("committer");

        Answer answer = delivered(project, "push", event);

        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        String path = "/api/webhooks/events/" + answer.json().path("eventId").asLong();
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(get(path).json().path("status").asText()).isEqualTo("processed"));
        List<String> reasons = new ArrayList<>();
        get("/api/projects/" + project + "/github-errors")
                .json()
                .forEach(error -> reasons.add(error.path("stream").asText()));
        assertThat(reasons)
                .containsExactlyInAnyOrderElementsOf(
                        timestamp.startsWith("2026") ? List.of("branches") : List.of("branches", "commits"));
    }

    @Test
    void anotherRepositoryUnderTheSameNameIsNotMixedWithTheFormer() {
        long project = connected();
        synced(project);
        assertThat(list(project, "github-pulls", "number"))
                .containsExactlyInAnyOrder("octo/hello 1", "octo/hello 1296269");
        github.on(
                "GET /repos/octo/hello",
                Reply.json(repositoryNode("octo/hello", 4711).toString()));
        github.on("GET /repos/octo/hello/pulls", Reply.json(GitHubRows.array(pull("octo/hello", 1))));

        JsonNode log = synced(project);

        assertThat(log.path("status").asText()).isEqualTo("failed");
        assertThat(log.path("errorMessage").asText())
                .startsWith("octo/hello is another repository now: GitHub's number of it is 4711, it was 1296269.");
        assertThat(synced(project).path("status").asText()).isEqualTo("completed");
        assertThat(list(project, "github-pulls", "number"))
                .containsExactlyInAnyOrder(
                        "octo/hello 1", "octo/hello (former, 1296269) 1", "octo/hello (former, 1296269) 1296269");
        assertThat(list(project, "github-pulls?repository=octo/hello", "number"))
                .containsExactly("octo/hello 1");
        assertThat(list(project, "github-branches", "name"))
                .containsExactlyInAnyOrder("octo/hello main", "octo/hello (former, 1296269) main");
        assertThat(shown(project).path("repositoryId").asLong()).isEqualTo(4711);
    }

    @ParameterizedTest
    @CsvSource({"404", "403"})
    void aMissingPermissionIsNoMisspeltRepository(int status) {
        github.on("GET /repos/octo/hello/pulls", Reply.status(status, "Not Found"));
        long project = connected();

        JsonNode log = synced(project);

        assertThat(log.path("status").asText()).isEqualTo("completed");
        assertThat(log.path("warnings").path(0).path("message").asText())
                .startsWith("pulls: GitHub ")
                .contains("lacks the permission Pull requests: read")
                .doesNotContain("spelling");
    }

    @Test
    void aStreamOfOneRepositoryFailsAlone() {
        github.on("GET /repos/Octo/Other/pulls", Reply.status(403, "Resource not accessible"));
        long project = connectedToBoth();

        JsonNode log = synced(project);

        assertThat(log.path("status").asText()).isEqualTo("completed");
        assertThat(streams(log)).contains("octo/hello pulls completed", "Octo/Other pulls failed");
        assertThat(log.path("warnings").path(0).path("message").asText())
                .startsWith("Octo/Other pulls: GitHub forbids");
    }

    @Test
    void whatIsNoLongerNamedDisappears() {
        long project = connectedToBoth();
        synced(project);
        assertThat(list(project, "github-pulls", "number")).hasSize(4);

        ObjectNode config = config();
        assertThat(configure(project, config.put("repository", "octo/other")).status())
                .isEqualTo(200);

        await().atMost(LIMIT).untilAsserted(() -> assertThat(list(project, "github-pulls", "number"))
                .containsExactlyInAnyOrder("octo/other 1", "octo/other 77"));
        assertThat(list(project, "github-branches", "sha")).containsExactly("octo/other aaa77");
        for (String table : List.of("github_repositories", "github_links", "sync_stream_state")) {
            assertThat(jdbc.sql("SELECT count(*) FROM " + table
                                    + " t WHERE project_id = ? AND t::text LIKE '%1296269%'")
                            .param(project)
                            .query(Long.class)
                            .single())
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void aNewRepositoryIsReadAtOnce() {
        long project = connected();
        synced(project);
        assertThat(list(project, "github-pulls", "number")).hasSize(2);

        assertThat(configure(project, both()).status()).isEqualTo(200);

        await().atMost(LIMIT).untilAsserted(() -> assertThat(list(project, "github-pulls", "number"))
                .hasSize(4));
        // What was known of the first one is still known.
        assertThat(github.requests().stream()
                        .filter(request -> request.line().equals("GET /repos/octo/hello/branches?per_page=100"))
                        .map(request -> String.valueOf(request.header("If-None-Match"))))
                .containsExactly("null", "\"b1296269\"");
    }

    // Webhooks

    private Answer delivered(long project, String type, JsonNode payload) {
        return send(SignedDelivery.github(
                port,
                "/api/projects/" + project + "/github-webhook",
                payload.toString().getBytes(StandardCharsets.UTF_8),
                SECRET,
                type,
                UUID.randomUUID().toString()));
    }

    private static ObjectNode event(String name, long id) {
        ObjectNode event = JSON.createObjectNode().put("action", "opened");
        event.set("repository", repositoryNode(name, id).put("updated_at", "2026-02-01T00:00:00Z"));
        return event;
    }

    @Test
    void deliveriesOfAnyOfTheRepositoriesBelongToTheProject() {
        long project = connectedToBoth();
        ObjectNode event = event("octo/other", 77);
        event.set("pull_request", GitHubRows.tree(pull("octo/other", 4711)));

        assertThat(delivered(project, "pull_request", event).status()).isEqualTo(202);

        await().atMost(LIMIT).untilAsserted(() -> assertThat(
                        jdbc.sql("SELECT repository_id FROM github_pulls WHERE project_id = ? AND number = 4711")
                                .param(project)
                                .query(Long.class)
                                .list())
                .containsExactly(77L));
        synced(project);
        assertThat(delivered(project, "pull_request", event("octo/by-its-number", 77))
                        .status())
                .isEqualTo(202);
        assertThat(delivered(project, "pull_request", event("octo/strange", 4)).text())
                .contains("ignored");
    }

    @Test
    void aRenameThatAWebhookTellsOfIsFollowed() {
        long project = connectedToBoth();
        synced(project);
        ObjectNode event = event("octo/renamed", 77).put("action", "renamed");
        event.putObject("changes").putObject("repository").putObject("name").put("from", "other");

        assertThat(delivered(project, "repository", event).status()).isEqualTo(202);

        await().atMost(LIMIT).untilAsserted(() -> assertThat(
                        shown(project).path("repositories").toString())
                .isEqualTo("[\"octo/renamed\"]"));
        assertThat(shown(project).path("repository").asText()).isEqualTo("octo/hello");
        repository("octo/renamed", 77);
        assertThat(streams(synced(project))).contains("octo/renamed pulls completed");
    }

    @Test
    void aRenameThatNobodyToldOfIsFoundByTheSync() {
        long project = connectedToBoth();
        synced(project);
        github.on(
                "GET /repos/octo/other",
                Reply.json(repositoryNode("octo/found", 77).toString()));

        synced(project);

        assertThat(shown(project).path("repositories").toString()).isEqualTo("[\"octo/found\"]");
        assertThat(shown(project).path("repository").asText()).isEqualTo("octo/hello");
    }

    // Questions

    @Test
    void whereItIsNotSaidTheFirstRepositoryIsMeant() {
        long project = connectedToBoth();
        synced(project);
        String explain = "/api/projects/" + project + "/links/explain?pull=1";

        assertThat(get(explain).json().path("searched").path(1).path("text").asText())
                .isEqualTo("Of octo/hello");
        assertThat(get(explain + "&repository=octo/other")
                        .json()
                        .path("searched")
                        .path(1)
                        .path("text")
                        .asText())
                .isEqualTo("Of Octo/Other");
        assertThat(get("/api/projects/" + project + "/links/explain?pull=77").status())
                .isEqualTo(200);
    }
}
