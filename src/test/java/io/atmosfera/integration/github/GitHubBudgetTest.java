package io.atmosfera.integration.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.github.StandInGitHub.Reply;
import io.atmosfera.integration.github.StandInGitHub.Request;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Syncs leave a share of GitHub's rate limit to webhooks and people. */
class GitHubBudgetTest extends GitHubSupport {

    private static final Duration LIMIT = Duration.ofSeconds(40);

    @Autowired
    private MeterRegistry metrics;

    private volatile long remaining;
    private volatile Instant reset = Instant.now().plusSeconds(900);

    @Test
    void aSyncWaitsWhereOnlyTheReserveIsLeftAndAPersonDoesNot() {
        announced(true);
        remaining = 500;
        long project = connected();

        String log = sync(project);
        await().atMost(LIMIT).until(() -> get(log).json().hasNonNull("waitingUntil"));

        JsonNode waiting = get(log).json();
        assertThat(waiting.path("status").asText()).isEqualTo("running");
        assertThat(waiting.path("stateText").asText()).contains("500 of 5000 requests are left", "webhooks and people");
        assertThat(Instant.parse(waiting.path("waitingUntil").asText()))
                .isBetween(reset.minusSeconds(2), reset.plusSeconds(3));
        assertThat(github.lines()).noneMatch(line -> line.contains("/branches?"));
        assertThat(test(project, null).path("ok").asBoolean()).isTrue();
        JsonNode known = health(project).path("rateLimit");
        assertThat(known.path("remaining").asText()).isEqualTo("500");
        assertThat(known.path("limit").asText()).isEqualTo("5000");
        assertThat(gauge("remaining", project)).isEqualTo(500);
        assertThat(gauge("limit", project)).isEqualTo(5000);
        assertThat(gauge("reset", project)).isEqualTo(reset.getEpochSecond());
        await().atMost(LIMIT).untilAsserted(() -> assertThat(jdbc.sql(
                                """
                                        SELECT rate_limit ->> 'remaining' FROM connection_health h
                                        JOIN integration_configs c ON c.id = h.config_id WHERE c.project_id = ?""")
                        .param(project)
                        .query(String.class)
                        .single())
                .isEqualTo("500"));

        remaining = 501;
        test(project, null);
        jdbc.sql("UPDATE sync_logs SET waiting_until = now() WHERE project_id = ? AND owner IS NULL")
                .param(project)
                .update();
        await().atMost(LIMIT)
                .until(() -> get(log).json().path("status").asText().equals("completed"));
    }

    @Test
    void anotherLimitThanThatOfMostCallsHoldsNothingBack() {
        announced(true);
        remaining = 4000;
        github.on("GET /repos/octo/hello/branches", request -> limited(Reply.json("[]"), 0, "search"));
        assertCompleted(connected());
    }

    @Test
    void aLimitThatIsNotKnownOrOverHoldsNothingBack() {
        announced(false);
        assertCompleted(connected());

        announced(true);
        remaining = 10;
        reset = Instant.now().minusSeconds(5);
        assertCompleted(connected());
    }

    @Test
    void requestsAreCountedByWhatTheyAreFor() {
        announced(false);
        long project = connected();
        double tests = counted("test", "good");
        double branches = counted("branches", "good");

        test(project, null);
        assertCompleted(project);

        assertThat(counted("test", "good")).isGreaterThan(tests);
        assertThat(counted("branches", "good")).isEqualTo(branches + 1);
        double unchanged = counted("branches", "not-modified");
        github.on("GET /repos/octo/hello/branches", new Reply(304, "", Map.of()));
        assertCompleted(project);
        assertThat(counted("branches", "not-modified")).isEqualTo(unchanged + 1);
        await().atMost(LIMIT).until(() -> counted("probe", "good") > 0);
    }

    // Helpers

    private void announced(boolean limits) {
        github.otherwise(request -> {
            Reply reply = Reply.json(request.line().contains("/actions/runs") ? "{\"workflow_runs\": []}" : "[]");
            return limits ? limited(reply, remaining, "core") : reply;
        });
        github.on("GET /repos/octo/hello", request -> repository(request, limits));
        github.on("GET /user", request -> limits ? limited(Reply.json("{}"), remaining, "core") : Reply.json("{}"));
    }

    private Reply repository(Request request, boolean limits) {
        Reply reply = Reply.json("{\"id\": 1296269, \"full_name\": \"octo/hello\"}");
        return limits ? limited(reply, remaining, "core") : reply;
    }

    private Reply limited(Reply reply, long left, String resource) {
        return reply.with("X-RateLimit-Limit", "5000")
                .with("X-RateLimit-Remaining", String.valueOf(left))
                .with("X-RateLimit-Reset", String.valueOf(reset.getEpochSecond()))
                .with("X-RateLimit-Resource", resource);
    }

    private String sync(long project) {
        Answer started = post("/api/projects/" + project + "/github-sync", ADMIN, "{\"syncType\": \"full\"}");
        assertThat(started.status()).as(started.text()).isEqualTo(202);
        return "/api/projects/" + project + "/github-sync-logs/"
                + started.json().path("syncId").asText();
    }

    private void assertCompleted(long project) {
        String log = sync(project);
        await().atMost(LIMIT)
                .until(() -> get(log).json().path("status").asText().equals("completed"));
    }

    private double gauge(String name, long project) {
        String connection = jdbc.sql("SELECT id::text FROM integration_configs WHERE project_id = ?")
                .param(project)
                .query(String.class)
                .single();
        return metrics.get("platform.github.rate.limit." + name)
                .tag("connection", connection)
                .tag("resource", "core")
                .gauge()
                .value();
    }

    private double counted(String purpose, String answer) {
        var counter = metrics.find("platform.github.requests")
                .tag("purpose", purpose)
                .tag("answer", answer)
                .counter();
        return counter == null ? 0 : counter.count();
    }
}
