package io.atmosfera.integration.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.PlatformTest;
import io.atmosfera.sandbox.http.RecordedRequest;
import io.atmosfera.sandbox.jira.Deployment;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.springframework.test.context.TestPropertySource;

/**
 * Ground for tests of the sync: a project and a simulated Jira of its own for every test, and a platform whose pauses are
 * short. Nothing is synced by schedule unless a test says so.
 */
@TestPropertySource(
        properties = {
            "platform.jira.backoff-ms=20",
            "platform.jira.max-backoff-ms=50",
            "platform.jira.timeout-ms=1500",
            "platform.jira.lease-duration=3s",
            "platform.jira.schedule-period=200",
            "platform.jira.background-period=300",
            "platform.jira.concurrent-syncs=6",
            "platform.outbound.circuit-breaker.wait-duration-in-open-state=2s",
            "platform.webhooks.retry-policy.max-attempts=2",
            "platform.webhooks.retry-policy.backoff-ms=50",
            "platform.webhooks.coalesce=1500ms",
            "platform.webhooks.batch-bytes=9KB"
        })
abstract class JiraSyncTest extends PlatformTest {

    static final String CLOUD_SEARCH = "/rest/api/2/search/jql";
    static final String SEARCH = "/rest/api/2/search";
    static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final List<SimulatedJira> jiras = new ArrayList<>();

    @AfterEach
    void closeJiras() {
        jiras.forEach(SimulatedJira::close);
    }

    /** Starts a Jira that is closed when the test ends. */
    SimulatedJira start(SimulatedJira.Options options) {
        SimulatedJira jira = SimulatedJira.start(options);
        jiras.add(jira);
        return jira;
    }

    SimulatedJira cloud(int issues) {
        return start(SimulatedJira.Options.cloud().initialIssues(issues).maxPageSize(10));
    }

    SimulatedJira dataCenter(int issues) {
        return start(SimulatedJira.Options.dataCenter().initialIssues(issues).maxPageSize(10));
    }

    /** A project without a configuration. */
    long project() {
        int number = NUMBER.incrementAndGet();
        Answer made = post(
                "/api/projects",
                ADMIN,
                """
                {"name": "Sync test %d", "key": "ST%d"}""".formatted(number, number));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().path("id").asLong();
    }

    /** A project that is connected to Jira's project DEMO with the right credential and is not synced by schedule. */
    long project(SimulatedJira jira) {
        return project(jira, config -> {});
    }

    long project(SimulatedJira jira, Consumer<ObjectNode> refine) {
        long project = project();
        configure(project, jira, refine);
        return project;
    }

    void configure(long project, SimulatedJira jira, Consumer<ObjectNode> refine) {
        ObjectNode config = JSON.createObjectNode()
                .put("jiraUrl", jira.baseUri().toString())
                .put("apiKey", "sandbox")
                .put("projectKey", "DEMO")
                .put("autoSync", false);
        if (jira.deployment() == Deployment.CLOUD) {
            config.put("email", "demo@example.com");
        }
        refine.accept(config);
        Answer saved = post("/api/projects/" + project + "/jira-config", ADMIN, config.toString());
        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
    }

    Answer tryStart(long project, String body) {
        return post("/api/projects/" + project + "/jira-sync", ADMIN, body);
    }

    /** Starts a sync and gives its id. */
    long begin(long project, String syncType) {
        return begin(project, syncType, request -> {});
    }

    long begin(long project, String syncType, Consumer<ObjectNode> refine) {
        ObjectNode request = JSON.createObjectNode().put("syncType", syncType);
        refine.accept(request);
        Answer started = tryStart(project, request.toString());
        assertThat(started.status()).as(started.text()).isEqualTo(202);
        assertThat(started.header("Location"))
                .endsWith("/jira-sync-logs/" + started.json().path("syncId").asLong());
        return started.json().path("syncId").asLong();
    }

    /** Starts a sync, waits until it ends and gives its log. */
    JsonNode sync(long project, String syncType) {
        return ended(project, begin(project, syncType));
    }

    JsonNode sync(long project, String syncType, Consumer<ObjectNode> refine) {
        return ended(project, begin(project, syncType, refine));
    }

    /** As {@link #sync}, for one that has to complete. */
    JsonNode completed(long project, String syncType) {
        JsonNode log = sync(project, syncType);
        assertThat(log.path("status").asText()).as(log.toString()).isEqualTo("completed");
        return log;
    }

    /** As {@link #sync}, for one that has to fail; gives the reason, which has to be one for people. */
    String failed(long project, String syncType) {
        return reason(sync(project, syncType));
    }

    static String reason(JsonNode log) {
        assertThat(log.path("status").asText()).as(log.toString()).isEqualTo("failed");
        String reason = log.path("errorMessage").asText();
        assertThat(reason)
                .isNotBlank()
                .doesNotContainPattern("Exception|Throwable|\\bat [a-z]+\\.|java\\.|io\\.atmosfera|\\bnull\\b|SELECT")
                .doesNotContain("Something unexpected")
                .doesNotContain("sandbox");
        assertThat(log.path("stateText").asText()).isEqualTo("failed: " + reason);
        assertThat(log.path("completedAt").asText()).isNotEmpty();
        return reason;
    }

    JsonNode log(long project, long sync) {
        Answer answer = get("/api/projects/" + project + "/jira-sync-logs/" + sync);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    List<JsonNode> logs(long project) {
        List<JsonNode> logs = new ArrayList<>();
        get("/api/projects/" + project + "/jira-sync-logs").json().forEach(logs::add);
        return logs;
    }

    JsonNode ended(long project, long sync) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> log(project, sync),
                        log -> !log.path("status").asText().equals("running"));
    }

    /** Waits until a sync says that it waits for a rate limit. */
    JsonNode waiting(long project, long sync) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> log(project, sync),
                        log -> log.has("waitingUntil")
                                || !log.path("status").asText().equals("running"));
    }

    /** The wait of a sync is over as soon as the platform looks again. */
    void stopWaiting(long sync) {
        waitNoMore(sync);
    }

    void cancel(long project, long sync) {
        Answer answer = post("/api/projects/" + project + "/jira-sync-logs/" + sync + "/cancel", ADMIN, null);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    }

    /** Whether a request asks for a page of issues with their fields; probes, counts and ids are no such. */
    static boolean isPage(RecordedRequest request) {
        return (request.path().equals(CLOUD_SEARCH) || request.path().equals(SEARCH))
                && !"0".equals(request.parameter("maxResults"))
                && !"id".equals(request.parameter("fields"));
    }

    /** The requests for pages since the last time they were cleared. */
    static List<RecordedRequest> pages(SimulatedJira jira) {
        return jira.requests().stream().filter(JiraSyncTest::isPage).toList();
    }

    /** What a sync asked of Jira: everything but the background's probes of the connection. */
    static List<RecordedRequest> calls(SimulatedJira jira) {
        return jira.requests().stream()
                .filter(request -> !request.path().matches("/rest/api/2/(serverInfo|myself|project/.*)"))
                .toList();
    }

    static @Nullable String jql(RecordedRequest request) {
        return request.parameter("jql");
    }

    long ticketCount(long project) {
        return jdbc.sql("SELECT count(*) FROM jira_tickets WHERE project_id = ? AND sync_status <> 'deleted'")
                .param(project)
                .query(Long.class)
                .single();
    }

    /** Each ticket that is not deleted: its key and summary. */
    Map<String, String> summaries(long project) {
        Map<String, String> summaries = new TreeMap<>();
        jdbc.sql("SELECT jira_key, summary FROM jira_tickets WHERE project_id = ? AND sync_status <> 'deleted'")
                .param(project)
                .query((row, number) -> {
                    assertThat(summaries.put(row.getString(1), row.getString(2)))
                            .as(row.getString(1))
                            .isNull();
                    return number;
                })
                .list();
        return summaries;
    }

    /** Jira's issues DEMO-1 to DEMO-last as {@link #summaries} gives them. */
    static Map<String, String> issues(SimulatedJira jira, int last) {
        Map<String, String> issues = new TreeMap<>();
        for (int number = 1; number <= last; number++) {
            String key = "DEMO-" + number;
            if (jira.hasIssue(key) && jira.issue(key).path("key").asText().equals(key)) {
                issues.put(key, jira.issue(key).path("fields").path("summary").asText());
            }
        }
        return issues;
    }

    @Nullable
    Object state(long project, String column) {
        return jdbc.sql("SELECT " + column + " FROM jira_sync_state JOIN sync_schedules USING (project_id)"
                        + " WHERE source = 'jira' AND project_id = ?")
                .param(project)
                .query()
                .singleRow()
                .get(column);
    }

    /** The connection of a project as the health page shows it. */
    JsonNode health(long project) {
        for (JsonNode integration : get("/api/integrations/health").json().path("integrations")) {
            if (integration.path("projectId").asLong() == project) {
                return integration;
            }
        }
        throw new AssertionError("The health page does not show project " + project);
    }

    /** The keys that a list of tickets has. */
    List<String> listed(long project, String query) {
        Answer answer = get("/api/projects/" + project + "/jira-tickets?limit=500" + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        List<String> keys = new ArrayList<>();
        answer.json().forEach(ticket -> keys.add(ticket.path("jiraKey").asText()));
        return keys;
    }

    static List<String> warnings(JsonNode log) {
        List<String> codes = new ArrayList<>();
        log.path("warnings").forEach(warning -> codes.add(warning.path("code").asText()));
        return codes;
    }
}
