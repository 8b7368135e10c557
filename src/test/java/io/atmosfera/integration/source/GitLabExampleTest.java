package io.atmosfera.integration.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.PlatformTest;
import io.atmosfera.integration.github.StandInGitHub.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** The platform with the files of examples/gitlab-issues in its routes folder, and nothing compiled for them. */
@TestPropertySource(
        properties = {
            "platform.routes-dir=examples/gitlab-issues/routes",
            "platform.gitlab.schedule-period=200",
            "platform.gitlab.concurrent-syncs=4",
            "platform.sync.backoff-ms=20",
            "platform.sync.max-backoff-ms=50",
            "platform.sync.lease-duration=3s"
        })
class GitLabExampleTest extends PlatformTest {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String FIRST_ISSUES =
            "/issues?scope=all&order_by=updated_at&sort=desc&per_page=100&pagination=keyset";
    private static final String FIRST_MERGE_REQUESTS =
            "/merge_requests?scope=all&state=all&order_by=updated_at&sort=desc&per_page=100";

    @Autowired
    private ProducerTemplate producer;

    private final StandInGitLab gitlab = new StandInGitLab();

    @BeforeEach
    void aShopWithThreeIssues() {
        gitlab.hasIssue(1, "The kettle leaks", "As in SHOP-7, not SHOP-7.1.", "2026-02-01T00:00:00.000Z");
        gitlab.hasIssue(2, "No milk", null, "2026-02-02T00:00:00.000Z");
        gitlab.hasIssue(3, "Tea is cold", "x\\u0000", "2026-02-03T00:00:00.000Z");
        gitlab.hasMergeRequest(1, "SHOP-7 seal", "2026-02-01T00:00:00.000Z");
        gitlab.hasMergeRequest(2, "Order milk", "2026-02-02T00:00:00.000Z");
        gitlab.hasMergeRequest(3, "Warm the pot", "2026-02-03T00:00:00.000Z");
    }

    /** Too long for an index, however well it is compressed. */
    private static final String LONG = new java.util.Random(1)
            .ints(6000, 'a', 'z')
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();

    @AfterEach
    void closes() {
        gitlab.close();
    }

    private long project() {
        String key = "G"
                + UUID.randomUUID().toString().replace("-", "").substring(0, 8).toUpperCase(java.util.Locale.ROOT);
        return post("/api/projects", ADMIN, "{\"name\": \"%s\", \"key\": \"%s\"}".formatted(key, key))
                .json()
                .path("id")
                .asLong();
    }

    private ObjectNode config() {
        ObjectNode config =
                JSON.createObjectNode().put("url", gitlab.url() + "/").put("token", "glpat-good-token");
        // Only what a test asks for.
        config.put("autoSync", false);
        config.putObject("parameters").put("project", "acme/shop");
        return config;
    }

    private static String of(long project) {
        return "/api/projects/" + project + "/sources/gitlab";
    }

    private long connected() {
        long project = project();
        Answer saved = post(of(project) + "/config", ADMIN, config().toString());
        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        return project;
    }

    private long begin(long project, String type) {
        Answer started = post(of(project) + "/sync", ADMIN, "{\"syncType\": \"" + type + "\"}");
        assertThat(started.status()).as(started.text()).isEqualTo(202);
        long sync = started.json().path("syncId").asLong();
        assertThat(started.header("Location")).isEqualTo(of(project) + "/sync-logs/" + sync);
        return sync;
    }

    private JsonNode log(long project, long sync) {
        return get(of(project) + "/sync-logs/" + sync).json();
    }

    private JsonNode ended(long project, long sync) {
        return await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> log(project, sync),
                        log -> !log.path("status").asText().equals("running"));
    }

    private JsonNode waiting(long project, long sync) {
        return await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> log(project, sync), log -> log.has("waitingUntil"));
    }

    private JsonNode completed(long project, String type) {
        JsonNode log = ended(project, begin(project, type));
        assertThat(log.path("status").asText()).as(log.toString()).isEqualTo("completed");
        return log;
    }

    private static String counts(JsonNode log, String name) {
        for (JsonNode stream : log.path("streams")) {
            if (stream.path("name").asText().equals(name)) {
                return "%s %d processed %d created %d updated %d unchanged %d deleted, %d pages by %d requests"
                        .formatted(
                                stream.path("state").asText(),
                                stream.path("processed").asInt(),
                                stream.path("created").asInt(),
                                stream.path("updated").asInt(),
                                stream.path("unchanged").asInt(),
                                stream.path("deleted").asInt(),
                                stream.path("pages").asInt(),
                                stream.path("requests").asInt());
            }
        }
        throw new AssertionError("No stream " + name + " in " + log);
    }

    private List<String> titles(long project, String query) {
        Answer items = get(of(project) + "/items" + query);
        assertThat(items.status()).as(items.text()).isEqualTo(200);
        List<String> titles = new ArrayList<>();
        items.json().forEach(item -> titles.add(item.path("title").asText()));
        return titles;
    }

    private void goOn(long sync) {
        waitNoMore(sync);
    }

    private JsonNode health(long project) {
        return StreamSupport.stream(
                        get("/api/integrations/health")
                                .json()
                                .path("integrations")
                                .spliterator(),
                        false)
                .filter(connection -> connection.path("projectId").asLong() == project)
                .findFirst()
                .orElseThrow();
    }

    private void waitsFor(long project, String status) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(health(project).path("status").asText())
                        .as(health(project).toString())
                        .isEqualTo(status));
    }

    @Test
    void aSourceThatIsFilesIsListedBesideThoseThatAreBuiltIn() {
        JsonNode sources = get("/api/sources", tokenOf("VIEWER")).json();

        assertThat(sources).hasSize(3);
        assertThat(sources.path(0).path("builtIn").asBoolean()).isTrue();
        assertThat(sources.path(1).path("builtIn").asBoolean()).isTrue();
        JsonNode gitlab = sources.path(2);
        assertThat(gitlab.path("name").asText()).isEqualTo("gitlab");
        assertThat(gitlab.path("title").asText()).isEqualTo("GitLab");
        assertThat(gitlab.path("builtIn").asBoolean()).isFalse();
        assertThat(gitlab.path("streams")).extracting(JsonNode::asText).containsExactly("issues", "merge-requests");
        assertThat(gitlab.path("parameters")).extracting(JsonNode::asText).containsExactly("project");
        assertThat(gitlab.path("tokenHeader").asText()).isEqualTo("PRIVATE-TOKEN");
        assertThat(gitlab.path("routes"))
                .extracting(JsonNode::asText)
                .contains(
                        "gitlab",
                        "gitlab-stream-issues",
                        "gitlab-store-issues",
                        "gitlab-sync",
                        "gitlab-probe-schedule");
        JsonNode github = StreamSupport.stream(sources.spliterator(), false)
                .filter(source -> source.path("name").asText().equals("github"))
                .findFirst()
                .orElseThrow();
        assertThat(github.path("title").asText()).isEqualTo("GitHub");
        assertThat(github.path("streams")).extracting(JsonNode::asText).contains("issues", "workflow-runs");
    }

    @Test
    void aConnectionIsStoredAndShownWithoutItsToken() {
        long project = project();
        assertThat(get(of(project) + "/config").status()).isEqualTo(404);

        Answer saved = post(of(project) + "/config", ADMIN, config().toString());

        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        assertThat(saved.text()).doesNotContain("glpat");
        JsonNode shown = get(of(project) + "/config").json();
        assertThat(shown.path("url").asText()).isEqualTo(gitlab.url());
        assertThat(shown.path("tokenSet").asBoolean()).isTrue();
        assertThat(shown.path("tokenHeader").asText()).isEqualTo("PRIVATE-TOKEN");
        assertThat(shown.path("parameters").path("project").asText()).isEqualTo("acme/shop");
        assertThat(jdbc.sql("SELECT string_agg(config_data::text, '') FROM integration_configs")
                        .query(String.class)
                        .single())
                .doesNotContain("glpat");
        waitsFor(project, "UP");
        assertThat(health(project).path("type").asText()).isEqualTo("gitlab");
        assertThat(get("/api/projects/" + project + "/connection-history?integrationType=gitlab")
                        .json())
                .isNotEmpty();
        JsonNode mine = StreamSupport.stream(
                        get("/api/projects/" + project + "/sources").json().spliterator(), false)
                .filter(source -> source.path("name").asText().equals("gitlab"))
                .findFirst()
                .orElseThrow();
        assertThat(mine.path("configured").asBoolean()).isTrue();
        assertThat(mine.path("items").asInt()).isZero();

        Answer patched = patch(of(project) + "/config", ADMIN, "{\"syncIntervalMinutes\": 33}");
        assertThat(patched.status()).as(patched.text()).isEqualTo(200);
        assertThat(patched.json().path("syncIntervalMinutes").asInt()).isEqualTo(33);
        assertThat(patched.json().path("tokenSet").asBoolean()).isTrue();
        assertThat(patched.json().path("parameters").path("project").asText()).isEqualTo("acme/shop");
        assertThat(patch(of(project) + "/config", ADMIN, "{\"parameters\": {\"project\": null}}")
                        .text())
                .contains("parameters.project");
        assertThat(patch(of(project) + "/config", ADMIN, "{\"token\": null}").status())
                .isEqualTo(400);

        assertThat(delete(of(project) + "/config", ADMIN).status()).isEqualTo(204);
        assertThat(get(of(project) + "/config").status()).isEqualTo(404);
        Answer without = post(of(project) + "/sync", ADMIN, "{}");
        assertThat(without.status()).isEqualTo(404);
        assertThat(without.text()).contains("no connection to gitlab yet");
    }

    @ParameterizedTest
    @CsvSource({"github", "jira", "nowhere"})
    void onlyASourceOfTheFolderHasTheseOperations(String source) {
        long project = project();
        String path = "/api/projects/" + project + "/sources/" + source;

        assertThat(get(path + "/config").status()).isEqualTo(404);
        assertThat(get(path + "/items").status()).isEqualTo(404);
        assertThat(get(path + "/sync-logs").status()).isEqualTo(404);
        assertThat(post(path + "/sync", ADMIN, "{}").status()).isEqualTo(404);
        assertThat(post(path + "/config", ADMIN, config().toString()).status()).isEqualTo(404);
    }

    @Test
    void whatAConnectionLacksIsNamed() {
        long project = project();
        ObjectNode nothing = config();
        nothing.putObject("parameters");
        ObjectNode host = config().put("tokenHeader", "Host");
        ObjectNode user = config().put("user", "ada");
        ObjectNode elsewhere = config().put("url", "ftp://gitlab.example.com");

        assertThat(post(of(project) + "/config", ADMIN, nothing.toString()).text())
                .contains("parameters.project")
                .contains("is required by GitLab");
        assertThat(post(of(project) + "/config", ADMIN, host.toString()).text()).contains("tokenHeader");
        assertThat(post(of(project) + "/config", ADMIN, user.toString()).text()).contains("\"user\"");
        assertThat(post(of(project) + "/config", ADMIN, elsewhere.toString()).status())
                .isEqualTo(400);
        assertThat(post(of(project) + "/config", tokenOf("MEMBER"), config().toString())
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aTestSendsTheTokenInTheHeaderThatIsNamed() {
        long project = project();

        Answer ok = post(of(project) + "/test-connection", ADMIN, config().toString());
        Answer bearer = post(
                of(project) + "/test-connection",
                ADMIN,
                config().put("tokenHeader", "Authorization").toString());
        post(
                of(project) + "/test-connection",
                ADMIN,
                config().put("tokenHeader", "Authorization").put("user", "ada").toString());

        assertThat(ok.json().path("ok").asBoolean()).as(ok.text()).isTrue();
        assertThat(bearer.json().path("ok").asBoolean()).isFalse();
        assertThat(bearer.json().path("error").asText()).contains("GitLab refuses the token (401)");
        assertThat(gitlab.http().lines()).containsOnly("GET /api/v4/projects/acme%2Fshop");
        assertThat(gitlab.http().requests())
                .extracting(request -> request.header("PRIVATE-TOKEN") + " " + request.header("Authorization"))
                .containsExactly(
                        "glpat-good-token null",
                        "null Bearer glpat-good-token",
                        "null Basic YWRhOmdscGF0LWdvb2QtdG9rZW4=");
        assertThat(post(of(project) + "/test-connection", ADMIN, null).status()).isEqualTo(404);
    }

    @Test
    void theStoredConnectionIsTestedAsItIsStored() {
        long project = connected();
        ObjectNode other = config().put("tokenHeader", "X-Token");
        other.remove("token");

        assertThat(post(of(project) + "/test-connection", ADMIN, null)
                        .json()
                        .path("ok")
                        .asBoolean())
                .isTrue();
        assertThat(post(of(project) + "/test-connection", ADMIN, other.toString())
                        .text())
                .contains("must be given again when tokenHeader changes");
        other.put("tokenHeader", "PRIVATE-TOKEN");
        assertThat(post(of(project) + "/test-connection", ADMIN, other.toString())
                        .json()
                        .path("ok")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void everyPageIsStoredAndLinkedToTickets() {
        long project = connected();
        jdbc.sql("INSERT INTO jira_tickets (project_id, jira_id, jira_key, summary, status, content_hash)"
                        + " VALUES (?, 7, 'SHOP-7', 'Kettle', 'Open', 'x')")
                .param(project)
                .update();

        JsonNode log = completed(project, "incremental");

        assertThat(gitlab.asked())
                .containsExactly(FIRST_ISSUES, "/issues?cursor=2", FIRST_MERGE_REQUESTS, "/merge_requests?page=2");
        assertThat(counts(log, "issues"))
                .isEqualTo("completed 3 processed 3 created 0 updated 0 unchanged 0 deleted, 2 pages by 2 requests");
        assertThat(counts(log, "merge-requests"))
                .isEqualTo("completed 3 processed 3 created 0 updated 0 unchanged 0 deleted, 2 pages by 2 requests");
        assertThat(titles(project, "?stream=issues")).containsExactly("Tea is cold", "No milk", "The kettle leaks");
        assertThat(titles(project, "?search=MILK&sort=title")).containsExactly("No milk", "Order milk");
        assertThat(titles(project, "?state=closed")).isEmpty();
        Answer page = get(of(project) + "/items?limit=4");
        assertThat(page.header("X-Total-Count")).isEqualTo("6");
        assertThat(page.header("Link")).contains("/sources/gitlab/items?limit=4&cursor=");
        JsonNode kettle =
                get(of(project) + "/items?stream=issues&search=1").json().path(0);
        assertThat(kettle.path("id").asText()).isEqualTo("1");
        assertThat(kettle.path("author").asText()).isEqualTo("ada");
        assertThat(kettle.path("data").path("labels").path(0).asText()).isEqualTo("bug");
        assertThat(kettle.path("data").has("texts")).isFalse();
        assertThat(kettle.path("jiraKeys")).extracting(JsonNode::asText).containsExactly("SHOP-7");
        assertThat(titles(project, "?jiraKey=shop-7")).containsExactly("SHOP-7 seal", "The kettle leaks");
        assertThat(titles(project, "?jiraKey=SHOP-8")).isEmpty();
        assertThat(get(of(project) + "/sync-logs").json()).containsExactly(log);
        assertThat(get(of(project) + "/sync-logs/999999").status()).isEqualTo(404);
    }

    private List<String> keys(long project, int issue) {
        return jdbc.sql(
                        "SELECT unnest(jira_keys) FROM source_items WHERE project_id = ? AND stream = 'issues' AND item_id = ?")
                .params(project, String.valueOf(issue))
                .query(String.class)
                .list();
    }

    @Test
    void whereNothingIsNewOneQuestionAListTells() {
        long project = connected();
        completed(project, "incremental");
        completed(project, "incremental");
        gitlab.asked();

        JsonNode log = completed(project, "incremental");

        assertThat(gitlab.asked())
                .containsExactly(
                        FIRST_ISSUES + "&updated_after=2026-02-03T00%3A00%3A00.000Z unless known",
                        FIRST_MERGE_REQUESTS + "&updated_after=2026-02-03T00%3A00%3A00.000Z unless known");
        assertThat(counts(log, "issues"))
                .isEqualTo("completed 0 processed 0 created 0 updated 0 unchanged 0 deleted, 0 pages by 1 requests");
    }

    @Test
    void onlyWhatChangedIsReadAndWrittenAgain() {
        long project = connected();
        completed(project, "incremental");
        gitlab.hasIssue(2, "No milk and no sugar", "shop-9", "2026-02-04T00:00:00.000Z");
        gitlab.deletesIssue(1);

        JsonNode log = completed(project, "incremental");

        assertThat(counts(log, "issues"))
                .isEqualTo("completed 2 processed 0 created 1 updated 1 unchanged 0 deleted, 1 pages by 1 requests");
        assertThat(keys(project, 2)).containsExactly("SHOP-9");
        // A list that is read from a mark on does not tell what is gone.
        assertThat(titles(project, "?stream=issues")).hasSize(3);

        JsonNode full = completed(project, "full");

        assertThat(counts(full, "issues"))
                .isEqualTo("completed 2 processed 0 created 0 updated 2 unchanged 1 deleted, 1 pages by 1 requests");
        assertThat(titles(project, "?stream=issues")).containsExactly("No milk and no sugar", "Tea is cold");
        gitlab.hasIssue(1, "The kettle leaks", "As in SHOP-7, not SHOP-7.1.", "2026-02-01T00:00:00.000Z");
        assertThat(counts(completed(project, "full"), "issues")).contains("0 created 1 updated 2 unchanged");
        assertThat(titles(project, "?stream=issues")).hasSize(3);
    }

    @Test
    void whatAStreamNoLongerHasCanBeMarkedByOthersToo() {
        long project = connected();
        completed(project, "incremental");

        Integer marked = producer.request("direct:gitlab-merge-requests-census", exchange -> {
                    exchange.setVariable("projectId", project);
                    exchange.setVariable("source", "gitlab");
                    exchange.setVariable("stream", "merge-requests");
                    exchange.setVariable("ids", "[\"2\", \"3\"]");
                    exchange.setVariable("since", Instant.now().plusSeconds(60).toString());
                })
                .getMessage()
                .getBody(Integer.class);

        assertThat(marked).isEqualTo(1);
        assertThat(titles(project, "?stream=merge-requests")).containsExactly("Warm the pot", "Order milk");
    }

    @Test
    void aRateLimitIsWaitedForAndTheWalkGoesOnBehindItsLastPage() {
        gitlab.insteadOfSecondPage(
                "merge_requests",
                Reply.status(429, "Too Many Requests")
                        .with("Retry-After", "1200")
                        .with("RateLimit-Remaining", "0"));
        long project = connected();
        long sync = begin(project, "incremental");

        JsonNode waiting = waiting(project, sync);
        assertThat(waiting.path("stateText").asText()).contains("GitLab's rate limit is reached");
        assertThat(Instant.parse(waiting.path("waitingUntil").asText()))
                .isBetween(Instant.now().plusSeconds(1000), Instant.now().plusSeconds(1300));
        assertThat(post(of(project) + "/sync", ADMIN, "{}").status()).isEqualTo(409);
        gitlab.asked();
        goOn(sync);

        JsonNode log = ended(project, sync);
        assertThat(log.path("status").asText()).as(log.toString()).isEqualTo("completed");
        assertThat(gitlab.asked()).containsExactly("/merge_requests?page=2");
        assertThat(titles(project, "?stream=merge-requests")).hasSize(3);
    }

    @Test
    void theSyncOfADeadInstanceIsResumed() {
        gitlab.insteadOfSecondPage("merge_requests", Reply.status(429, "Too Many Requests"));
        long project = connected();
        long sync = begin(project, "incremental");
        waiting(project, sync);
        gitlab.asked();
        patienceIsForgotten(project);
        jdbc.sql("UPDATE sync_logs SET owner = 'another instance', lease_until = now() - interval '1 second',"
                        + " waiting_until = NULL WHERE id = ?")
                .param(sync)
                .update();

        JsonNode successor = await().atMost(LIMIT)
                .until(
                        () -> get(of(project) + "/sync-logs").json().path(0),
                        log -> log.path("status").asText().equals("completed"));

        assertThat(successor.path("resumedFrom").asLong()).isEqualTo(sync);
        assertThat(gitlab.asked()).containsExactly("/merge_requests?page=2");
        assertThat(titles(project, "?stream=merge-requests")).hasSize(3);
    }

    @Test
    void whatFailsOnceIsAskedForAgain() {
        gitlab.insteadOfSecondPage(
                "issues", new Reply(502, "<html>Bad Gateway</html>", Map.of("Content-Type", "text/html")));
        long project = connected();

        JsonNode log = completed(project, "incremental");

        assertThat(counts(log, "issues")).contains("completed 3 processed").endsWith("2 pages by 3 requests");
    }

    @Test
    void aListThatMayNotBeReadFailsAlone() {
        gitlab.insteadOfFirstPage("issues", Reply.status(403, "403 Forbidden"));
        long project = connected();

        JsonNode log = completed(project, "incremental");

        assertThat(counts(log, "issues")).startsWith("failed 0 processed");
        assertThat(counts(log, "merge-requests")).startsWith("completed 3 processed");
        assertThat(log.path("warnings").path(0).path("message").asText())
                .contains("GitLab forbids this to the token (403)");
    }

    @Test
    void aProjectThatIsNotThereFailsTheSync() {
        gitlab.insteadOfFirstPage("issues", Reply.status(404, "404 Project Not Found"));
        gitlab.insteadOfFirstPage("merge_requests", Reply.status(404, "404 Project Not Found"));
        long project = connected();

        JsonNode log = ended(project, begin(project, "incremental"));

        assertThat(log.path("status").asText()).isEqualTo("failed");
        assertThat(log.path("errorMessage").asText())
                .contains("GitLab does not have what was asked for")
                .contains("404 Project Not Found");
    }

    @Test
    void aRefusedTokenEndsTheSyncAndTurnsTheConnectionRed() {
        long project = connected();
        waitsFor(project, "UP");
        gitlab.insteadOfFirstPage("issues", StandInGitLab.refused());

        JsonNode log = ended(project, begin(project, "incremental"));

        assertThat(log.path("status").asText()).isEqualTo("failed");
        assertThat(log.path("errorMessage").asText()).contains("GitLab refuses the token (401)");
        waitsFor(project, "DOWN");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{\"iid\": null, \"title\": \"x\"}] | an item whose id is neither a text nor a whole number",
                "[{\"iid\": 1, \"title\": 5}] | gives for item 1 a title that is no text",
                "[{\"iid\": 1, \"title\": \"x\", \"updated_at\": \"yesterday\"}] | a updated_at that is no moment",
                "[{\"iid\": 1, \"author\": \"ada\"}] | The mapping does not fit what came: ",
                "{\"iid\": 1} | What came in the place of the list is none",
                "[{\"iid\": 1, \"title\": \"x\", \"created_at\": \"2026-01-01T00:00:00+19:00\"}] | a created_at that is no moment",
                "<p>Sign in</p> | A web page came instead of its API",
                "[{\"iid\": 1}, | no JSON, or was cut off",
            })
    void whatCannotBeStoredIsSaid(String page, String said) {
        gitlab.insteadOfFirstPage("issues", Reply.json(page));
        long project = connected();

        JsonNode log = ended(project, begin(project, "incremental"));

        assertThat(log.path("errorMessage").asText() + log.path("warnings")).contains(said);
        assertThat(titles(project, "?stream=issues")).isEmpty();
    }

    @Test
    void anItemThatCannotBeStoredIsSetAsideAndItsPageGoesOn() {
        String fine =
                "\"title\": \"fine\", \"state\": \"opened\", \"author\": {\"username\": \"ada\"}, \"description\": null";
        String far = "\"created_at\": \"2026-01-01T00:00:00+17:30\", \"updated_at\": \"0001-01-01T00:00:00+01:00\"";
        gitlab.insteadOfFirstPage(
                "issues",
                Reply.json("[{\"iid\": 5, " + fine + "}, {\"iid\": 6, \"author\": \"ada\"}, "
                                + "{\"iid\": 7, " + fine + ", " + far.replaceFirst(", .*", "") + "}, null, "
                                + "{\"iid\": 8, " + fine + ", " + far + "}, "
                                + "{\"iid\": 9, " + fine + ", \"labels\": " + "[".repeat(1500) + "]".repeat(1500) + ", "
                                + "\"created_at\": \"2026-02-01T00:00:00Z\"}, "
                                + "{\"iid\": \"" + LONG + "\", " + fine + "}]")
                        .with("Link", "<" + gitlab.url() + "/projects/acme%2Fshop/issues?cursor=2>; rel=\"next\""));
        long project = connected();

        JsonNode log = completed(project, "incremental");

        assertThat(titles(project, "?stream=issues&sort=title"))
                .contains("fine", "The kettle leaks")
                .hasSize(4);
        assertThat(jdbc.sql("SELECT item_id || ' ' || coalesce(iso(created_at), '-') FROM source_items"
                                + " WHERE project_id = ? AND title = 'fine' ORDER BY item_id")
                        .param(project)
                        .query(String.class)
                        .list())
                .containsExactly("5 -", "7 2025-12-31T06:30:00.000Z", "9 2026-02-01T00:00:00.000Z");
        assertThat(log.path("warnings").path(0).path("code").asText()).isEqualTo("set-aside");
        assertThat(log.path("warnings").path(0).path("message").asText())
                .startsWith("issues: 4 items could not be stored (quarantined): ");
        Answer aside = get(of(project) + "/set-aside?stream=issues");
        assertThat(aside.json()).hasSize(4).allSatisfy(item -> {
            assertThat(item.path("reason").asText()).startsWith("The mapping ").doesNotContain("Exception");
            assertThat(item.path("payload").asText()).isNotEmpty();
        });
        assertThat(aside.json())
                .extracting(item -> item.path("itemId").asText())
                .contains("6", "8", "?");

        gitlab.insteadOfFirstPage("issues", Reply.json("[{\"iid\": 8, " + fine + "}]"));
        completed(project, "full");
        assertThat(get(of(project) + "/set-aside").json())
                .extracting(item -> item.path("itemId").asText())
                .doesNotContain("8")
                .contains("6");
    }

    @Test
    void anOddMergeRequestIsSetAsideAndTheOthersOfItsPageAreStored() {
        gitlab.insteadOfFirstPage(
                "merge_requests",
                Reply.json("[{\"iid\": 5, \"title\": \"fine\", \"author\": {\"username\": \"ada\"}}, "
                        + "{\"iid\": 6, \"author\": \"ada\"}]"));
        long project = connected();

        JsonNode log = completed(project, "incremental");

        assertThat(titles(project, "?stream=merge-requests")).containsExactly("fine");
        assertThat(log.path("warnings").path(0).path("message").asText())
                .startsWith("merge-requests: 1 item could not be stored (quarantined): ");
        assertThat(get(of(project) + "/set-aside?stream=merge-requests").json())
                .extracting(item -> item.path("itemId").asText())
                .containsExactly("6");
    }

    @Test
    void pagesInACircleEndTheListWithAReason() {
        String page = "[{\"iid\": %d, \"title\": \"x\", \"author\": null}]";
        String link = "<" + gitlab.url() + "/projects/acme%%2Fshop/issues?cursor=%d>; rel=\"next\"";
        for (int round = 0; round < 20; round++) {
            gitlab.insteadOfSecondPage(
                    "issues",
                    Reply.json(page.formatted(11)).with("Link", link.formatted(4)),
                    Reply.json(page.formatted(12)).with("Link", link.formatted(2)));
        }
        long project = connected();

        JsonNode log = ended(project, begin(project, "incremental"));

        assertThat(log.path("status").asText()).isEqualTo("completed");
        assertThat(log.path("warnings").toString()).contains("lead in a circle");
        assertThat(gitlab.asked()).hasSizeLessThan(20);
        assertThat(counts(log, "merge-requests")).startsWith("completed 3 processed");
        assertThat(titles(project, "?stream=issues")).hasSize(4);
    }

    @Test
    void aSyncThatIsDueStartsByItselfAndCanBeCancelled() {
        gitlab.insteadOfFirstPage("issues", Reply.status(429, "Too Many Requests"));
        long project = project();
        post(of(project) + "/config", ADMIN, config().put("autoSync", true).toString());
        jdbc.sql("UPDATE sync_schedules SET next_sync_at = now() WHERE project_id = ? AND source = 'gitlab'")
                .param(project)
                .update();

        JsonNode sync = await().atMost(LIMIT)
                .until(() -> get(of(project) + "/sync-logs").json().path(0), log -> log.has("waitingUntil"));
        assertThat(sync.path("syncType").asText()).isEqualTo("scheduled");

        long id = sync.path("id").asLong();
        assertThat(post(of(project) + "/sync-logs/" + id + "/cancel", ADMIN, null)
                        .status())
                .isEqualTo(202);
        assertThat(ended(project, id).path("status").asText()).isEqualTo("cancelled");
    }
}
