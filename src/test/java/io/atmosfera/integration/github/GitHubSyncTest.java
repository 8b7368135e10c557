package io.atmosfera.integration.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.LiveSocket;
import io.atmosfera.integration.github.StandInGitHub.Reply;
import io.atmosfera.integration.github.StandInGitHub.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Syncs of a source that is a list of streams; the streams are those of src/test/resources/streams. */
class GitHubSyncTest extends GitHubSupport {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final String REPOSITORY = "/repos/octo/hello";

    @Autowired
    private CamelContext camel;

    /** The people of stars, by their login; two a page. */
    private final Map<String, String> people = new TreeMap<>(Map.of("ann", "a", "bob", "b", "cid", "c", "dan", "d"));

    /** What is answered instead of the page of stars that begins there, once. */
    private final Map<Integer, Reply> insteadOf = new TreeMap<>();

    private volatile @Nullable CountDownLatch gate;

    @BeforeEach
    void streamsAreThere() throws Exception {
        collectOnly("stars,news,boxes");
        if (camel.getRoute("github-stream-stars") == null) {
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(ResourceHelper.resolveResource(camel, "classpath:streams/test-streams.camel.yaml"));
            jdbc.sql("CREATE TABLE test_things (project_id bigint REFERENCES projects ON DELETE CASCADE,"
                            + " repository_id bigint NOT NULL, stream text, id text, text text, seen_at timestamptz,"
                            + " PRIMARY KEY (project_id, stream, id))")
                    .update();
        }
        github.on("GET " + REPOSITORY + "/stargazers", this::stars);
        github.on("GET " + REPOSITORY + "/news", request -> conditional(request, "\"news-1\"", news(3, 2)));
        github.on(
                "GET " + REPOSITORY + "/boxes",
                request -> conditional(
                        request,
                        "\"boxes-1\"",
                        Reply.json("{\"total_count\": 1, \"boxes\": [{\"id\": \"one\", \"text\": \"x\"}]}")));
    }

    /** A page in the order of names; where it goes on is an address that only a Link header can tell. */
    private Reply stars(Request request) {
        int from = request.line().contains("after=")
                ? Integer.parseInt(request.line().replaceFirst(".*after=x%3D(\\d+).*", "$1"))
                : 0;
        CountDownLatch closed = gate;
        if (closed != null && from > 0) {
            awaitOpen(closed);
        }
        Reply instead = insteadOf.remove(from);
        if (instead != null) {
            return instead;
        }
        List<String> logins = new ArrayList<>(people.keySet());
        String page = IntStream.range(from, Math.min(from + 2, logins.size()))
                .mapToObj(logins::get)
                .map(login -> "{\"login\": \"" + login + "\", \"bio\": \"" + people.get(login) + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
        Reply reply = Reply.json(page).with("ETag", "W/\"stars-" + from + "\"");
        return from + 2 >= logins.size()
                ? reply
                : reply.with(
                        "Link",
                        "<" + github.url() + REPOSITORY + "/stargazers?per_page=2&after=x%3D" + (from + 2)
                                + ">; rel=\"next\", <https://elsewhere.example.com/>; rel=\"last\"");
    }

    private static void awaitOpen(CountDownLatch gate) {
        try {
            gate.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A list of two pages, the newest first. */
    private Reply news(int newest, int size) {
        String page = IntStream.range(0, size)
                .mapToObj(i -> "{\"id\": \"n" + (newest - i) + "\", \"text\": \"t\", \"updated_at\": \"2026-01-0"
                        + (newest - i) + "T00:00:00Z\"}")
                .collect(Collectors.joining(",", "[", "]"));
        return Reply.json(page)
                .with(
                        "Link",
                        "<" + github.url() + REPOSITORY + "/news/older?from=" + (newest - size) + ">; rel=\"next\"");
    }

    private static Reply conditional(Request request, String etag, Reply reply) {
        return etag.equals(request.header("If-None-Match"))
                ? new Reply(304, "", Map.of("ETag", etag))
                : reply.with("ETag", etag);
    }

    private void olderNewsIsThere() {
        github.on(
                "GET " + REPOSITORY + "/news/older",
                Reply.json("[{\"id\": \"n1\", \"text\": \"t\", \"updated_at\": \"2026-01-01T00:00:00Z\"}]"));
    }

    private long begin(long project, String body) {
        Answer started = post("/api/projects/" + project + "/github-sync", ADMIN, body);
        assertThat(started.status()).as(started.text()).isEqualTo(202);
        long sync = started.json().path("syncId").asLong();
        assertThat(started.json().path("status").asText()).isEqualTo("running");
        assertThat(started.header("Location")).isEqualTo("/api/projects/" + project + "/github-sync-logs/" + sync);
        return sync;
    }

    private JsonNode log(long project, long sync) {
        Answer answer = get("/api/projects/" + project + "/github-sync-logs/" + sync);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
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
                .until(
                        () -> log(project, sync),
                        log -> log.has("waitingUntil")
                                || !log.path("status").asText().equals("running"));
    }

    private JsonNode completed(long project, String type) {
        JsonNode log = ended(project, begin(project, "{\"syncType\": \"" + type + "\"}"));
        assertThat(log.path("status").asText()).as(log.toString()).isEqualTo("completed");
        return log;
    }

    private static JsonNode stream(JsonNode log, String name) {
        for (JsonNode stream : log.path("streams")) {
            if (stream.path("name").asText().equals(name)) {
                return stream;
            }
        }
        throw new AssertionError("No stream " + name + " in " + log);
    }

    private static String counts(JsonNode stream) {
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

    private List<String> stored(long project, String stream) {
        return jdbc.sql(
                        "SELECT id || '=' || text FROM test_things WHERE project_id = ? AND stream = ? AND repository_id = 1296269"
                                + " ORDER BY id")
                .params(project, stream)
                .query(String.class)
                .list();
    }

    /** What was asked of the lists since the last time this was asked. */
    private List<String> asked() {
        List<String> lines = github.requests().stream()
                .filter(request -> request.line().matches("GET .*/(stargazers|news|boxes).*"))
                .map(request -> request.line().substring(("GET " + REPOSITORY).length())
                        + (request.header("If-None-Match") == null ? "" : " unless " + request.header("If-None-Match")))
                .toList();
        github.requests().clear();
        return lines;
    }

    private static Reply limited() {
        return Reply.status(403, "API rate limit exceeded")
                .with("X-RateLimit-Remaining", "0")
                .with("X-RateLimit-Reset", String.valueOf(Instant.now().getEpochSecond() + 1200));
    }

    private void die(long sync) {
        patienceIsForgotten(jdbc.sql("SELECT project_id FROM sync_logs WHERE id = ?")
                .param(sync)
                .query(Long.class)
                .single());
        int changed = jdbc.sql(
                        "UPDATE sync_logs SET owner = 'another instance', lease_until = now() - interval '1 second',"
                                + " waiting_until = NULL WHERE id = ?")
                .param(sync)
                .update();
        assertThat(changed).isEqualTo(1);
    }

    @Test
    void everyStreamIsWalkedToItsLastPage() {
        olderNewsIsThere();
        people.put("bob", "b\\u0000\\ud800");
        long project = connected();

        JsonNode log = completed(project, "full");

        assertThat(asked())
                .containsExactly(
                        "/stargazers?per_page=2",
                        "/stargazers?per_page=2&after=x%3D2",
                        "/news?per_page=2",
                        "/news/older?from=1",
                        "/boxes");
        assertThat(counts(stream(log, "stars")))
                .isEqualTo("completed 4 processed 4 created 0 updated 0 unchanged 0 deleted, 2 pages by 2 requests");
        assertThat(counts(stream(log, "news")))
                .isEqualTo("completed 3 processed 3 created 0 updated 0 unchanged 0 deleted, 2 pages by 2 requests");
        assertThat(counts(stream(log, "boxes")))
                .isEqualTo("completed 1 processed 1 created 0 updated 0 unchanged 0 deleted, 1 pages by 1 requests");
        assertThat(log.path("processed").asInt()).isEqualTo(8);
        assertThat(log.path("created").asInt()).isEqualTo(8);
        assertThat(log.path("pages").asInt()).isEqualTo(5);
        assertThat(log.path("warnings")).isEmpty();
        assertThat(log.path("syncType").asText()).isEqualTo("full");
        assertThat(stored(project, "stars")).containsExactly("ann=a", "bob=b\uFFFD", "cid=c", "dan=d");
        assertThat(stored(project, "news")).containsExactly("n1=t", "n2=t", "n3=t");
        assertThat(stored(project, "boxes")).containsExactly("one=x");
        assertThat(shown(project).path("repositoryId").asLong()).isEqualTo(1296269);
        assertThat(get("/api/projects/" + project + "/github-sync-logs").json()).containsExactly(log);
        assertThat(get("/api/projects/" + project + "/github-sync-logs?status=failed")
                        .json())
                .isEmpty();
        assertThat(health(project).path("dataAgeSeconds").asInt()).isBetween(0, 60);
    }

    @Test
    void whereNothingIsNewOneQuestionAStreamTells() {
        olderNewsIsThere();
        long project = connected();
        people.keySet().removeAll(List.of("bob", "cid", "dan"));
        completed(project, "incremental");
        asked();
        github.on(
                "GET " + REPOSITORY + "/stargazers",
                request -> conditional(request, "W/\"stars-0\"", Reply.json("[]")));

        JsonNode log = completed(project, "incremental");

        assertThat(asked())
                .containsExactly(
                        "/stargazers?per_page=2 unless W/\"stars-0\"",
                        "/news?per_page=2&after=2026-01-03T00%3A00%3A00Z unless \"news-1\"",
                        "/boxes unless \"boxes-1\"");
        assertThat(log.path("streams")).allSatisfy(stream -> assertThat(counts(stream))
                .isEqualTo("completed 0 processed 0 created 0 updated 0 unchanged 0 deleted, 0 pages by 1 requests"));
        assertThat(stored(project, "stars")).containsExactly("ann=a");
        // Once more: what was not modified is still known.
        completed(project, "incremental");
        assertThat(asked()).hasSize(3).allMatch(line -> line.contains(" unless "));
    }

    @Test
    void aFullSyncAsksAsIfNothingWereKnown() {
        olderNewsIsThere();
        long project = connected();
        completed(project, "incremental");
        asked();

        JsonNode log = completed(project, "full");

        assertThat(asked()).hasSize(5).noneMatch(line -> line.contains("unless") || line.contains("2026"));
        assertThat(log.path("unchanged").asInt()).isEqualTo(8);
    }

    @Test
    void theFirstPageOfAListByNameSpeaksForItselfAlone() {
        olderNewsIsThere();
        long project = connected();
        completed(project, "incremental");
        people.put("dan", "changed");
        people.remove("cid");
        people.put("eve", "new");
        asked();

        JsonNode log = completed(project, "incremental");

        // A last page that is full may have got one behind it.
        assertThat(asked())
                .contains("/stargazers?per_page=2 unless W/\"stars-0\"", "/stargazers?per_page=2&after=x%3D2");
        assertThat(counts(stream(log, "stars")))
                .isEqualTo("completed 4 processed 1 created 1 updated 2 unchanged 1 deleted, 2 pages by 2 requests");
        assertThat(log.path("deleted").asInt()).isEqualTo(1);
        assertThat(stored(project, "stars")).containsExactly("ann=a", "bob=b", "dan=changed", "eve=new");
    }

    @Test
    void aListThatBeginsWithTheNewestIsReadBackToWhatIsKnown() {
        olderNewsIsThere();
        long project = connected();
        completed(project, "incremental");
        github.on("GET " + REPOSITORY + "/news", request -> conditional(request, "\"news-2\"", news(4, 3)));
        asked();

        JsonNode log = completed(project, "incremental");

        assertThat(asked()).filteredOn(line -> line.startsWith("/news")).hasSize(1);
        assertThat(counts(stream(log, "news")))
                .isEqualTo("completed 3 processed 1 created 0 updated 2 unchanged 0 deleted, 1 pages by 1 requests");
    }

    @Test
    void anotherRepositoryIsReadFromItsBeginning() {
        olderNewsIsThere();
        long project = connected();
        completed(project, "incremental");
        configure(project, config().put("commitAnalysisLimit", 50));
        asked();
        completed(project, "incremental");
        assertThat(asked()).anyMatch(line -> line.contains("unless"));

        github.on("GET /repos/octo/other", Reply.json("{\"id\": 2, \"full_name\": \"octo/other\"}"));
        configure(project, config().put("repository", "octo/other"));
        await().atMost(LIMIT).until(() -> github.lines().contains("GET /repos/octo/other/boxes"));

        assertThat(github.requests().stream()
                        .filter(request -> request.line().contains("/octo/other/"))
                        .map(request -> String.valueOf(request.header("If-None-Match"))))
                .isNotEmpty()
                .containsOnly("null");
    }

    @Test
    void aRateLimitIsWaitedForAndTheWalkGoesOnBehindItsLastPage() {
        olderNewsIsThere();
        github.on("GET " + REPOSITORY + "/news/older", request -> limited());
        long project = connected();
        long sync = begin(project, "{}");

        JsonNode waiting = waiting(project, sync);
        assertThat(waiting.path("status").asText()).isEqualTo("running");
        assertThat(waiting.path("stateText").asText())
                .contains("rate limit is reached")
                .contains("waiting until");
        assertThat(stream(waiting, "stars").path("state").asText()).isEqualTo("completed");
        assertThat(stream(waiting, "news").path("state").asText()).isEqualTo("running");
        assertThat(stream(waiting, "boxes").path("state").asText()).isEqualTo("waiting");
        olderNewsIsThere();
        asked();
        waitNoMore(sync);

        JsonNode log = ended(project, sync);

        assertThat(log.path("status").asText()).as(log.toString()).isEqualTo("completed");
        assertThat(asked()).containsExactly("/news/older?from=1", "/boxes");
        assertThat(counts(stream(log, "news")))
                .isEqualTo("completed 3 processed 3 created 0 updated 0 unchanged 0 deleted, 2 pages by 2 requests");
        // The first page was read before the wait; its ETag is known all the same.
        completed(project, "incremental");
        assertThat(asked()).contains("/news?per_page=2&after=2026-01-03T00%3A00%3A00Z unless \"news-1\"");
    }

    @Test
    void theSyncOfADeadInstanceIsResumedWithoutWhatItHadDone() {
        github.on("GET " + REPOSITORY + "/news/older", request -> limited());
        long project = connected();
        long sync = begin(project, "{}");
        waiting(project, sync);
        olderNewsIsThere();
        asked();
        die(sync);

        JsonNode successor = await().atMost(LIMIT)
                .until(
                        () -> get("/api/projects/" + project + "/github-sync-logs")
                                .json()
                                .get(0),
                        log -> log.path("status").asText().equals("completed"));

        assertThat(successor.path("resumedFrom").asLong()).isEqualTo(sync);
        assertThat(asked()).containsExactly("/news/older?from=1", "/boxes");
        assertThat(stream(successor, "stars").path("state").asText()).isEqualTo("skipped");
        assertThat(counts(stream(successor, "news")))
                .isEqualTo("completed 1 processed 1 created 0 updated 0 unchanged 0 deleted, 1 pages by 1 requests");
        JsonNode dead = log(project, sync);
        assertThat(dead.path("status").asText()).isEqualTo("failed");
        assertThat(stream(dead, "news").path("state").asText()).isEqualTo("failed");
        assertThat(stream(dead, "news").path("error").asText()).contains("stopped without a word");
        assertThat(stream(dead, "boxes").path("state").asText()).isEqualTo("skipped");
        assertThat(stored(project, "news")).hasSize(3);
    }

    @Test
    void aCancelledSyncStopsAfterItsPage() {
        CountDownLatch closed = new CountDownLatch(1);
        gate = closed;
        long project = connected();
        long sync = begin(project, "{}");
        await().atMost(LIMIT).until(() -> log(project, sync).path("pages").asInt() == 1);
        assertThat(post("/api/projects/" + project + "/github-sync", ADMIN, null)
                        .json()
                        .path("syncId")
                        .asLong())
                .isEqualTo(sync);

        Answer asked = post("/api/projects/" + project + "/github-sync-logs/" + sync + "/cancel", ADMIN, null);
        closed.countDown();

        assertThat(asked.status()).isEqualTo(202);
        JsonNode log = ended(project, sync);
        assertThat(log.path("status").asText()).isEqualTo("cancelled");
        assertThat(log.path("pages").asInt()).isEqualTo(2);
        assertThat(stream(log, "stars").path("state").asText()).isEqualTo("skipped");
        assertThat(stored(project, "stars")).hasSize(4);
        assertThat(stored(project, "news")).isEmpty();
        assertThat(jdbc.sql("SELECT action FROM audit_log WHERE target = ? ORDER BY id")
                        .param("project/" + project)
                        .query(String.class)
                        .list())
                .contains("github-sync.start", "github-sync.cancel");
    }

    @Test
    void aStreamThatTheTokenMayNotReadFailsAloneAndTheOthersAreRead() {
        olderNewsIsThere();
        github.on("GET " + REPOSITORY + "/news", Reply.status(403, "Resource not accessible by personal access token"));
        long project = connected();

        JsonNode log = completed(project, "incremental");

        assertThat(counts(stream(log, "news")))
                .isEqualTo("failed 0 processed 0 created 0 updated 0 unchanged 0 deleted, 0 pages by 1 requests");
        assertThat(stream(log, "news").path("error").asText()).contains("Resource not accessible");
        assertThat(log.path("warnings")).singleElement().satisfies(warning -> {
            assertThat(warning.path("code").asText()).isEqualTo("stream-failed");
            assertThat(warning.path("message").asText()).startsWith("news: GitHub forbids this to the token (403)");
        });
        assertThat(stream(log, "boxes").path("state").asText()).isEqualTo("completed");
        assertThat(stored(project, "stars")).hasSize(4);
    }

    @Test
    void aSyncThatMayReadNothingFails() {
        for (String list : List.of("/stargazers", "/news", "/boxes")) {
            github.on("GET " + REPOSITORY + list, Reply.status(404, "Not Found"));
        }
        long project = connected();

        JsonNode log = ended(project, begin(project, "{\"syncType\": \"full\"}"));

        assertThat(log.path("status").asText()).isEqualTo("failed");
        // The repository was read before: what is missing is the list.
        assertThat(log.path("errorMessage").asText())
                .startsWith("GitHub does not give /")
                .contains("of octo/hello (404)");
        assertThat(log.path("streams"))
                .allSatisfy(stream -> assertThat(stream.path("state").asText()).isEqualTo("failed"));
        assertThat(health(project).path("status").asText()).isEqualTo("DOWN");
    }

    @Test
    void aStreamWithNothingToAskDoesNotMakeASyncGood() {
        long project = failed("incremental");
        Instant before = jdbc.sql(
                        "UPDATE sync_schedules SET last_success_at = now() - interval '3 days' WHERE project_id = ?"
                                + " RETURNING last_success_at")
                .param(project)
                .query((row, i) -> row.getTimestamp(1).toInstant())
                .single();
        // As if it had been cut off between its last page and its end.
        jdbc.sql("UPDATE sync_stream_logs SET checkpoint = '{\"next\": null, \"pages\": 1}', checkpoint_at = now()"
                        + " WHERE stream = 'boxes' AND sync_id IN (SELECT id FROM sync_logs WHERE project_id = ?)")
                .param(project)
                .update();
        github.on("GET " + REPOSITORY + "/stargazers", Reply.status(404, "Not Found"));
        github.on("GET " + REPOSITORY + "/news/older", Reply.status(404, "Not Found"));

        JsonNode log = ended(project, begin(project, "{\"syncType\": \"incremental\"}"));

        assertThat(counts(stream(log, "boxes"))).contains("completed", "by 0 requests");
        assertThat(log.path("status").asText()).as(log.toString()).isEqualTo("failed");
        assertThat(log.path("errorMessage").asText()).contains("of octo/hello (404)");
        assertThat(jdbc.sql("SELECT last_success_at FROM sync_schedules WHERE project_id = ?")
                        .param(project)
                        .query((row, i) -> row.getTimestamp(1).toInstant())
                        .single())
                .isEqualTo(before);
    }

    @Test
    void eachStreamHasItsOwnAge() {
        olderNewsIsThere();
        long project = connected();
        JsonNode first = completed(project, "full");
        String read = stream(first, "news").path("lastSuccessAt").asText();
        assertThat(Instant.parse(read)).isNotNull();
        jdbc.sql("UPDATE sync_stream_state SET updated_at = updated_at - interval '1 hour' WHERE project_id = ?")
                .param(project)
                .update();
        github.on("GET " + REPOSITORY + "/news", Reply.status(404, "Not Found"));

        JsonNode log = completed(project, "full");

        assertThat(Instant.parse(stream(log, "news").path("lastSuccessAt").asText()))
                .isBefore(Instant.parse(read).minusSeconds(3000));
        assertThat(Instant.parse(stream(log, "stars").path("lastSuccessAt").asText()))
                .isAfter(Instant.parse(read));
        JsonNode health = health(project);
        assertThat(health.path("dataAgeSeconds").asInt()).isBetween(0, 60);
        for (JsonNode stream : health.path("streams")) {
            boolean news = stream.path("name").asText().equals("news");
            assertThat(stream.path("dataAgeSeconds").asInt()).isBetween(news ? 3600 : 0, news ? 3700 : 60);
            assertThat(stream.has("error")).isEqualTo(news);
        }
    }

    @Test
    void aRefusedTokenEndsTheSyncAtOnce() {
        insteadOf.put(0, Reply.status(401, "Bad credentials"));
        long project = connected();

        JsonNode log = ended(project, begin(project, "{\"syncType\": \"full\"}"));

        assertThat(log.path("status").asText()).isEqualTo("failed");
        assertThat(log.path("errorMessage").asText()).contains("refuses the access token");
        assertThat(asked()).hasSize(1);
        assertThat(stream(log, "stars").path("state").asText()).isEqualTo("failed");
        assertThat(stream(log, "news").path("state").asText()).isEqualTo("skipped");
        assertThat(stored(project, "stars")).isEmpty();
    }

    @Test
    void aFailureThatPassesIsTriedAgain() {
        olderNewsIsThere();
        insteadOf.put(2, Reply.status(502, "Server Error"));
        long project = connected();

        JsonNode log = completed(project, "full");

        assertThat(counts(stream(log, "stars")))
                .isEqualTo("completed 4 processed 4 created 0 updated 0 unchanged 0 deleted, 2 pages by 3 requests");
    }

    @Test
    void aFailureThatStaysEndsTheSyncForNow() {
        AtomicInteger tries = new AtomicInteger();
        github.on("GET " + REPOSITORY + "/stargazers", request -> {
            tries.incrementAndGet();
            return Reply.status(502, "Server Error");
        });
        long project = connected();

        JsonNode log = ended(project, begin(project, "{\"syncType\": \"full\"}"));

        assertThat(log.path("status").asText()).isEqualTo("failed");
        assertThat(log.path("errorMessage").asText()).contains("HTTP 502");
        assertThat(tries).hasValue(3);
        assertThat(jdbc.sql("SELECT failures FROM sync_schedules WHERE project_id = ?")
                        .param(project)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void aListThatGoesOnElsewhereFailsAlone() {
        github.on(
                "GET " + REPOSITORY + "/news",
                Reply.json("[]").with("Link", "<https://elsewhere.example.com/news?page=2>; rel=\"next\""));
        long project = connected();

        JsonNode log = completed(project, "incremental");

        assertThat(stream(log, "news").path("state").asText()).isEqualTo("failed");
        assertThat(stream(log, "news").path("error").asText())
                .contains("goes on at another address")
                .contains("https://elsewhere.example.com/news.");
        assertThat(stream(log, "boxes").path("state").asText()).isEqualTo("completed");
    }

    /** A project whose last sync failed behind the first page of news. */
    private long failed(String type) {
        github.on("GET " + REPOSITORY + "/news/older", Reply.status(502, "Server Error"));
        long project = connected();
        assertThat(ended(project, begin(project, "{\"syncType\": \"" + type + "\"}"))
                        .path("status")
                        .asText())
                .isEqualTo("failed");
        olderNewsIsThere();
        asked();
        return project;
    }

    private List<String> askedForNews() {
        return asked().stream().filter(line -> line.startsWith("/news")).toList();
    }

    @Test
    void whatAFailedSyncHadBegunTheNextOneGoesOnWith() {
        long project = failed("incremental");

        JsonNode log = completed(project, "incremental");

        assertThat(askedForNews()).containsExactly("/news/older?from=1");
        assertThat(stored(project, "news")).containsExactly("n1=t", "n2=t", "n3=t");
        assertThat(stream(log, "boxes").path("state").asText()).isEqualTo("completed");
        completed(project, "incremental");
        assertThat(askedForNews()).containsExactly("/news?per_page=2&after=2026-01-03T00%3A00%3A00Z unless \"news-1\"");
    }

    @Test
    void whatFailedLongAgoBeginsAnew() {
        long project = failed("incremental");
        jdbc.sql("UPDATE sync_stream_logs SET checkpoint_at = now() - interval '25 hours'"
                        + " WHERE sync_id IN (SELECT id FROM sync_logs WHERE project_id = ?)")
                .param(project)
                .update();

        completed(project, "incremental");

        assertThat(askedForNews()).containsExactly("/news?per_page=2", "/news/older?from=1");
    }

    @Test
    void withAnotherConfigurationAFailedSyncIsNotGoneOnWith() {
        long project = failed("incremental");
        configure(project, config().put("commitAnalysisLimit", 5));

        completed(project, "incremental");

        assertThat(askedForNews()).containsExactly("/news?per_page=2", "/news/older?from=1");
    }

    @Test
    void aFullSyncGoesOnWithAFullOneOnly() {
        long project = failed("incremental");

        completed(project, "full");

        assertThat(askedForNews()).containsExactly("/news?per_page=2", "/news/older?from=1");
        assertThat(stored(failed("full"), "news")).hasSize(2);
    }

    @Test
    void aSyncThatIsNoLongerHeldWritesNothing() {
        CountDownLatch closed = new CountDownLatch(1);
        gate = closed;
        long project = connected();
        long sync = begin(project, "{}");
        await().atMost(LIMIT).until(() -> log(project, sync).path("pages").asInt() == 1);
        jdbc.sql(
                        "UPDATE sync_logs SET owner = 'another instance', lease_until = now() + interval '1 hour' WHERE id = ?")
                .param(sync)
                .update();
        people.put("dan", "nobody's");

        closed.countDown();

        await().atMost(LIMIT).until(() -> github.lines().stream().anyMatch(line -> line.contains("after=x%3D2")));
        await().during(Duration.ofMillis(500))
                .atMost(LIMIT)
                .until(() -> stored(project, "stars").size() == 2);
        assertThat(log(project, sync).path("pages").asInt()).isEqualTo(1);
        assertThat(github.lines()).noneMatch(line -> line.contains("/news"));
    }

    @Test
    void aRepositoryWithoutACommitHasEmptyLists() {
        olderNewsIsThere();
        github.on("GET " + REPOSITORY + "/boxes", Reply.status(409, "Git Repository is empty."));
        insteadOf.put(0, Reply.status(409, "Git Repository is empty."));
        long project = connected();

        JsonNode log = ended(project, begin(project, "{\"syncType\": \"full\"}"));

        assertThat(stream(log, "stars").path("state").asText()).isEqualTo("completed");
    }

    @Test
    void aDueSyncIsStartedByItself() {
        olderNewsIsThere();
        long project = connected();
        jdbc.sql("UPDATE sync_schedules SET next_sync_at = now() WHERE project_id = ? AND source = 'github'")
                .param(project)
                .update();

        JsonNode log = await().atMost(LIMIT)
                .until(
                        () -> get("/api/projects/" + project + "/github-sync-logs")
                                .json(),
                        logs -> logs.path(0).path("status").asText().equals("completed"))
                .get(0);

        assertThat(log.path("syncType").asText()).isEqualTo("scheduled");
        assertThat(jdbc.sql(
                                "SELECT next_sync_at BETWEEN now() + interval '12 minutes' AND now() + interval '18 minutes'"
                                        + " FROM sync_schedules WHERE project_id = ?")
                        .param(project)
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void whatStandsInTheWayOfASyncIsSaid() {
        long project = project();
        String path = "/api/projects/" + project + "/github-sync";
        assertThat(post(path, ADMIN, null).status()).isEqualTo(404);
        assertThat(post(path, ADMIN, null).text()).contains("no GitHub connection yet");
        assertThat(post(path, ADMIN, "{\"syncType\": \"some\"}").status()).isEqualTo(400);
        assertThat(post(path, tokenOf("MEMBER"), "{}").status()).isEqualTo(403);
        assertThat(get(path + "-logs", tokenOf("VIEWER")).status()).isEqualTo(200);
        assertThat(get(path + "-logs/4711").status()).isEqualTo(404);
        assertThat(post(path + "-logs/4711/cancel", ADMIN, null).status()).isEqualTo(404);
    }

    @Test
    void followersAreToldOfTheSyncAndItsStreams() {
        olderNewsIsThere();
        long project = connected();
        try (LiveSocket socket = LiveSocket.open(port, "?projectId=" + project, ADMIN)) {
            long sync = begin(project, "{}");

            JsonNode end = socket.await("sync_completed");

            assertThat(end.path("source").asText()).isEqualTo("github");
            assertThat(end.path("syncId").asLong()).isEqualTo(sync);
            assertThat(stream(end.path("sync"), "stars").path("state").asText()).isEqualTo("completed");
            assertThat(socket.await("sync_started").path("source").asText()).isEqualTo("github");
        }
    }
}
