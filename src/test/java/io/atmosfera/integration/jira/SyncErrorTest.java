package io.atmosfera.integration.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.sandbox.http.RecordedRequest;
import io.atmosfera.sandbox.jira.Fault;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a sync goes on, or ends, for each class of error; always in a named state and with words for people. */
class SyncErrorTest extends JiraSyncTest {

    private static final Instant FAR = Instant.now().plus(40, ChronoUnit.MINUTES);

    private static Fault onPage(Fault fault, int nth) {
        return fault.matching(JiraSyncTest::isPage).onNth(nth);
    }

    /** A sync that meets a fault on its third page and waits; gives its log while it does. */
    private JsonNode waiting(SimulatedJira jira, long project, Fault fault) {
        jira.fail(onPage(fault, 3));
        long sync = begin(project, "full");
        JsonNode log = waiting(project, sync);
        assertThat(log.path("status").asText()).as(log.toString()).isEqualTo("running");
        assertThat(log.path("stateText").asText()).contains("rate limit").contains("waiting until");
        return log;
    }

    private static Instant until(JsonNode log) {
        return Instant.parse(log.path("waitingUntil").asText());
    }

    /** Ends the wait and looks whether the sync went on from the page that was refused. */
    private void goesOn(SimulatedJira jira, long project, JsonNode log) {
        List<RecordedRequest> before = pages(jira);
        stopWaiting(log.path("id").asLong());
        goneOn(jira, project, log, before);
    }

    private void goneOn(SimulatedJira jira, long project, JsonNode log, List<RecordedRequest> before) {
        JsonNode end = ended(project, log.path("id").asLong());
        assertThat(end.path("status").asText()).as(end.toString()).isEqualTo("completed");
        assertThat(end.has("waitingUntil")).isFalse();
        assertThat(end.path("ticketsProcessed").asInt()).isEqualTo(45);
        assertThat(summaries(project)).isEqualTo(issues(jira, 45));
        List<RecordedRequest> pages = pages(jira);
        assertThat(pages).hasSize(6);
        assertThat(position(pages.get(before.size()))).isEqualTo(position(before.get(before.size() - 1)));
    }

    private static @Nullable String position(RecordedRequest page) {
        String token = page.parameter("nextPageToken");
        return token == null ? page.parameter("startAt") : token;
    }

    @Test
    void retryAfterInSecondsIsWaitedFor() {
        SimulatedJira jira = cloud(45);
        long project = project(jira);
        JsonNode log = waiting(jira, project, Fault.rateLimited(Duration.ofSeconds(2)));
        assertThat(until(log))
                .isBetween(Instant.now().minusSeconds(2), Instant.now().plusSeconds(4));
        assertThat(log.path("stateText").asText()).contains("too many calls at once");
        assertThat(log.path("ticketsProcessed").asInt()).isEqualTo(20);
        // It goes on by itself.
        goneOn(jira, project, log, pages(jira).subList(0, 3));
        assertThat(health(project).path("rateLimit").path("remaining").asText()).isEqualTo("0");
    }

    @Test
    void retryAfterAsADateIsWaitedFor() {
        SimulatedJira jira = dataCenter(45);
        long project = project(jira);
        JsonNode log = waiting(jira, project, Fault.rateLimitedUntil(FAR));
        assertThat(until(log)).isBetween(FAR.minusSeconds(2), FAR.plusSeconds(2));
        goesOn(jira, project, log);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theResetTimeIsWaitedFor(boolean seconds) {
        SimulatedJira jira = cloud(45);
        long project = project(jira);
        String reset = FAR.truncatedTo(ChronoUnit.MINUTES).toString();
        Fault fault = Fault.answering(429, "text/plain", "")
                .withHeader("X-RateLimit-Reset", seconds ? reset : reset.replace(":00Z", "Z"))
                .withReason("jira-quota-tenant-based");
        JsonNode log = waiting(jira, project, fault);
        Instant minute = FAR.truncatedTo(ChronoUnit.MINUTES);
        assertThat(until(log)).isBetween(minute, minute.plusSeconds(2));
        assertThat(log.path("stateText").asText()).contains("hourly quota");
        goesOn(jira, project, log);
    }

    @Test
    void aRateLimitThatNamesNoTimeIsWaitedForAWhile() {
        SimulatedJira jira = cloud(45);
        long project = project(jira);
        JsonNode log = waiting(jira, project, Fault.rateLimited());
        assertThat(until(log))
                .isBetween(Instant.now().plusSeconds(5), Instant.now().plusSeconds(32));
        goesOn(jira, project, log);
    }

    @Test
    void aQuotaThatNamesNoTimeIsWaitedForUntilTheFullHour() {
        SimulatedJira jira = cloud(45);
        long project = project(jira);
        JsonNode log = waiting(jira, project, Fault.rateLimited().withReason("jira-quota-global-based"));
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
        assertThat(until(log)).isBetween(hour, hour.plusSeconds(2));
        goesOn(jira, project, log);
    }

    @Test
    void unavailableWithRetryAfterIsWaitedFor() {
        SimulatedJira jira = dataCenter(45);
        long project = project(jira);
        goesOn(jira, project, waiting(jira, project, Fault.unavailable(Duration.ofMinutes(10))));
    }

    @Test
    void waitingUsesNoAttempt() {
        SimulatedJira jira = cloud(45);
        long project = project(jira);
        jira.fail(onPage(Fault.rateLimited(Duration.ZERO), 3).times(5));
        JsonNode log = completed(project, "full");
        assertThat(log.path("ticketsProcessed").asInt()).isEqualTo(45);
        assertThat(pages(jira)).hasSize(10);
        assertThat(logs(project)).hasSize(1);
    }

    @Test
    void aRateLimitOutsideOfThePagesIsWaitedForToo() {
        SimulatedJira jira = cloud(45);
        long project = project(jira);
        completed(project, "full");
        jira.deleteIssue("DEMO-3");
        jira.fail(Fault.rateLimited(Duration.ZERO)
                .onPath("/rest/api/2/search/approximate-count")
                .onNth(2));
        jira.fail(Fault.rateLimited(Duration.ZERO).onPath("/rest/api/2/issue/"));
        JsonNode log = completed(project, "full");
        assertThat(log.path("ticketsDeleted").asInt()).isEqualTo(1);
        assertThat(log.path("ticketsProcessed").asInt()).isEqualTo(44);
        assertThat(log.path("jiraCount").asInt()).isEqualTo(44);
    }

    @Test
    void transientErrorsAreTriedAgain() {
        SimulatedJira jira = cloud(45);
        long project = project(jira);
        jira.fail(onPage(Fault.serverError(), 2));
        jira.fail(onPage(Fault.badGateway(), 2));
        JsonNode log = completed(project, "full");
        assertThat(log.path("ticketsProcessed").asInt()).isEqualTo(45);
        List<RecordedRequest> pages = pages(jira);
        assertThat(pages).hasSize(7);
        assertThat(pages.subList(1, 4)).extracting(SyncErrorTest::position).containsOnly(position(pages.get(1)));
    }

    @Test
    void theLogSaysThatAPageIsTriedAgain() {
        SimulatedJira jira = cloud(25);
        long project = project(jira);
        jira.fail(onPage(Fault.serverError(), 1));
        jira.fail(onPage(Fault.slow(Duration.ofMillis(1000)), 1));
        long sync = begin(project, "full");
        JsonNode log = await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> log(project, sync),
                        now -> now.path("stateText").asText().contains("again")
                                || !now.path("status").asText().equals("running"));
        assertThat(log.path("stateText").asText()).isEqualTo("Jira did not answer properly; trying again (attempt 2)");
        assertThat(ended(project, sync).path("status").asText()).isEqualTo("completed");
    }

    @Test
    void anErrorThatStaysEndsTheSyncForNow() {
        SimulatedJira jira = cloud(45);
        long project = project(jira);
        jira.fail(onPage(Fault.serverError(), 3).untilCleared());
        JsonNode log = sync(project, "full");
        assertThat(reason(log)).isEqualTo("Jira answered with an error of its own (HTTP 500)");
        assertThat(log.path("ticketsProcessed").asInt()).isEqualTo(20);
        assertThat(pages(jira)).hasSize(5);
        assertThat(((Timestamp) Objects.requireNonNull(state(project, "next_sync_at"))).toInstant())
                .isBetween(Instant.now().plusSeconds(10), Instant.now().plusSeconds(60));
        assertThat(state(project, "failures")).isEqualTo(1);
        assertThat(ticketCount(project)).isEqualTo(20);
        jira.clearFaults();
        completed(project, "incremental");
        assertThat(summaries(project)).isEqualTo(issues(jira, 45));
        assertThat(state(project, "failures")).isEqualTo(0);
    }

    @Test
    void aRefusedCredentialEndsTheSyncAtOnceAndMarksTheConnection() {
        SimulatedJira jira = cloud(45);
        long project = project(jira, config -> config.put("deployment", "cloud"));
        jira.revokeCredentials();
        assertThat(failed(project, "full")).contains("refuses the credential (401)");
        // The list of fields was refused; no page is asked for after that.
        assertThat(pages(jira)).isEmpty();
        JsonNode health = health(project);
        assertThat(health.path("status").asText()).isEqualTo("DOWN");
        assertThat(health.path("error").asText()).contains("credential");
    }

    @Test
    void aTokenThatExpiresInTheMiddleEndsTheSync() {
        SimulatedJira jira = dataCenter(45);
        long project = project(jira);
        jira.fail(onPage(Fault.before(jira::revokeCredentials), 3));
        JsonNode log = sync(project, "full");
        assertThat(reason(log)).contains("credential");
        assertThat(log.path("ticketsProcessed").asInt()).isEqualTo(20);
        assertThat(pages(jira)).hasSize(3);
        assertThat(ticketCount(project)).isEqualTo(20);
        jira.acceptCredentials("demo@example.com", "sandbox");
        completed(project, "full");
        assertThat(summaries(project)).isEqualTo(issues(jira, 45));
    }

    @Test
    void aMissingPermissionIsSaid() {
        SimulatedJira jira = cloud(5);
        long project = project(jira);
        jira.fail(onPage(Fault.forbidden(), 1));
        assertThat(failed(project, "full")).contains("forbids").contains("You do not have permission to do that.");
        assertThat(pages(jira)).hasSize(1);
    }

    @Test
    void aCaptchaIsSaidAndNotProlonged() {
        SimulatedJira jira = dataCenter(5);
        long project = project(jira);
        // A probe, which meets no captcha here, would find the connection well again.
        jdbc.sql("UPDATE connection_health SET next_probe = 'infinity'"
                        + " WHERE config_id IN (SELECT id FROM integration_configs WHERE project_id = ?)")
                .param(project)
                .update();
        jira.fail(onPage(Fault.captcha(), 1).untilCleared());
        assertThat(failed(project, "full")).contains("captcha").contains("browser");
        assertThat(pages(jira)).hasSize(1);
        assertThat(health(project).path("status").asText()).isEqualTo("DOWN");
    }

    @Test
    void aRemovedApiIsSaid() {
        SimulatedJira jira = cloud(5);
        long project = project(jira);
        jira.fail(onPage(Fault.gone(), 1));
        assertThat(failed(project, "full")).contains("removed").contains("410");
        assertThat(pages(jira)).hasSize(1);
    }

    @Test
    void aLoginPageIsNoAnswer() {
        SimulatedJira jira = dataCenter(25);
        long project = project(jira);
        completed(project, "full");
        jira.clearRequests();
        jira.fail(onPage(Fault.loginPage(), 1));
        assertThat(failed(project, "full")).contains("login page");
        assertThat(pages(jira)).hasSize(1);
        assertThat(ticketCount(project)).isEqualTo(25);
    }

    @Test
    void anAnswerAsToAStrangerDeletesNothing() {
        SimulatedJira jira = start(
                SimulatedJira.Options.cloud().initialIssues(5).maxPageSize(10).anonymousAllowed(true));
        long project = project(jira);
        completed(project, "full");
        jira.revokeCredentials();
        assertThat(failed(project, "full")).contains("stranger").contains("token");
        assertThat(ticketCount(project)).isEqualTo(5);
        assertThat(health(project).path("status").asText()).isEqualTo("DOWN");
    }

    @Test
    void brokenBodiesAreTriedAgain() {
        SimulatedJira jira = cloud(45);
        long project = project(jira);
        jira.fail(onPage(Fault.truncated(), 2));
        jira.fail(onPage(Fault.cutOff(), 3));
        jira.fail(onPage(Fault.answering(200, "application/json", "{\"issues\": [{\"id\": }"), 3));
        jira.fail(onPage(Fault.answering(200, "application/json", ""), 4));
        JsonNode log = completed(project, "full");
        assertThat(log.path("ticketsProcessed").asInt()).isEqualTo(45);
        assertThat(log.path("pages").asInt()).isEqualTo(5);
        assertThat(pages(jira)).hasSize(9);
        assertThat(summaries(project)).isEqualTo(issues(jira, 45));
    }

    @Test
    void bodiesThatStayBrokenEndTheSync() {
        SimulatedJira jira = cloud(45);
        long project = project(jira);
        jira.fail(onPage(Fault.truncated(), 2).untilCleared());
        assertThat(failed(project, "full")).contains("not valid JSON");
        assertThat(pages(jira)).hasSize(4);
        SimulatedJira other = cloud(45);
        long second = project(other);
        other.fail(onPage(Fault.cutOff(), 2).untilCleared());
        assertThat(failed(second, "full")).contains("broke in the middle");
        assertThat(pages(other)).hasSize(4);
    }

    @Test
    void aSearchAnswerWithoutIssuesIsNoEmptyPage() {
        SimulatedJira jira = cloud(5);
        long project = project(jira);
        jira.fail(onPage(Fault.answering(200, "application/json", "{\"isLast\": true}"), 1)
                .untilCleared());
        assertThat(failed(project, "full")).contains("no issues in it");
    }

    @Test
    void aHangIsTriedAgainAfterTheTimeOut() {
        SimulatedJira jira = cloud(25);
        long project = project(jira);
        jira.fail(onPage(Fault.hanging(Duration.ofSeconds(20)), 2));
        completed(project, "full");
        assertThat(pages(jira)).hasSize(4);
        jira.clearRequests();
        jira.fail(onPage(Fault.hanging(Duration.ofSeconds(20)), 2).untilCleared());
        assertThat(failed(project, "full")).isEqualTo("Jira did not answer within 1500 ms.");
        assertThat(pages(jira)).hasSize(4);
    }

    @Test
    void nobodyThereIsSaid() {
        SimulatedJira jira = cloud(5);
        long project = project(jira);
        jira.close();
        assertThat(failed(project, "full")).contains("connection refused");
    }

    @Test
    void aRedirectIsNotFollowedWithTheCredential() {
        SimulatedJira jira = cloud(5);
        SimulatedJira stranger = cloud(5);
        long project = project(jira);
        jira.fail(onPage(Fault.redirect(stranger.baseUri().resolve(CLOUD_SEARCH + "?jql=project=DEMO")), 1)
                .untilCleared());
        assertThat(failed(project, "full")).contains("redirect");
        assertThat(stranger.requests()).isEmpty();
    }

    @Test
    void withoutACountASyncGoesOn() {
        SimulatedJira jira = cloud(25);
        long project = project(jira);
        jira.fail(Fault.serverError()
                .onPath("/rest/api/2/search/approximate-count")
                .untilCleared());
        JsonNode log = completed(project, "full");
        assertThat(log.path("ticketsProcessed").asInt()).isEqualTo(25);
        assertThat(log.has("jiraCount")).isFalse();
        assertThat(log.path("localCount").asInt()).isEqualTo(25);
        assertThat(warnings(log)).isEmpty();
    }

    @Test
    void aWrongJqlIsSaidAndLeavesTheConnectionAlone() {
        SimulatedJira jira = cloud(5);
        long project = project(jira);
        completed(project, "full");
        Object next = state(project, "next_sync_at");
        JsonNode log = sync(project, "manual", request -> request.put("jql", "nonsense = 7"));
        assertThat(reason(log)).contains("nonsense");
        assertThat(health(project).path("status").asText()).isNotEqualTo("DOWN");
        assertThat(state(project, "next_sync_at")).isEqualTo(next);
        assertThat(state(project, "failures")).isEqualTo(0);
    }

    @Test
    void theCircuitOpensAndClosesAgain() {
        SimulatedJira jira = cloud(5);
        long project = project(jira, config -> config.put("deployment", "cloud"));
        // Whatever is asked, so that the background's probe neither helps nor counts.
        jira.fail(Fault.serverError().untilCleared());
        assertThat(failed(project, "full")).contains("HTTP 500");
        await().atMost(PATIENCE).until(() -> {
            failed(project, "full");
            return health(project).path("circuit").asText().equals("OPEN");
        });
        int asked = pages(jira).size();
        assertThat(failed(project, "full")).contains("pauses requests");
        assertThat(pages(jira)).hasSize(asked);
        JsonNode health = health(project);
        assertThat(health.path("circuit").asText()).isEqualTo("OPEN");
        assertThat(health.path("status").asText()).isEqualTo("DOWN");
        assertThat(get("/api/integrations/health").json().path("status").asText())
                .isIn("DOWN", "DEGRADED");

        jira.clearFaults();
        await().atMost(PATIENCE)
                .until(() -> !health(project).path("circuit").asText().equals("OPEN"));
        completed(project, "full");
        await().atMost(PATIENCE)
                .until(() -> health(project).path("circuit").asText().equals("CLOSED"));
        assertThat(ticketCount(project)).isEqualTo(5);
    }

    @Test
    void oneConnectionsCircuitIsNoOtherOnes() {
        SimulatedJira broken = cloud(5);
        SimulatedJira sound = cloud(5);
        long first = project(broken, config -> config.put("deployment", "cloud"));
        long second = project(sound);
        broken.fail(Fault.serverError().untilCleared());
        await().atMost(PATIENCE).until(() -> {
            failed(first, "full");
            return health(first).path("circuit").asText().equals("OPEN");
        });
        completed(second, "full");
        assertThat(health(second).path("circuit").asText()).isEqualTo("CLOSED");
    }

    @Test
    void somebodyWhoWaitsForAnAnswerIsToldTheReasonToo() {
        SimulatedJira jira = cloud(5);
        long project = project(jira);
        completed(project, "full");
        String path = "/api/projects/" + project + "/jira-config/preview";
        String body = "{\"fieldMappings\": {}, \"issueKey\": \"DEMO-1\"}";
        jira.fail(Fault.serverError().onPath("/rest/api/2/issue/").times(3));
        Answer broken = post(path, ADMIN, body);
        assertThat(broken.status()).as(broken.text()).isIn(502, 503);
        assertThat(broken.header("Content-Type")).startsWith("application/problem+json");
        assertThat(broken.json().path("detail").asText()).contains("HTTP 500");
        jira.fail(Fault.rateLimited(Duration.ofSeconds(7)).onPath("/rest/api/2/issue/"));
        Answer limited = post(path, ADMIN, body);
        assertThat(limited.status()).isEqualTo(503);
        assertThat(limited.header("Retry-After")).isIn("7", "8");
        patienceIsForgotten(project);
        assertThat(post(path, ADMIN, body.replace("DEMO-1", "DEMO-99")).status())
                .isEqualTo(404);
        assertThat(post(path, ADMIN, body).status()).isEqualTo(200);
    }

    @Test
    void aConnectionTestSaysWhatIsWrong() {
        SimulatedJira jira = cloud(5);
        long project = project(jira);
        Answer good = post("/api/projects/" + project + "/jira-test-connection", ADMIN, null);
        assertThat(good.json().path("ok").asBoolean()).as(good.text()).isTrue();
        jira.revokeCredentials();
        Answer bad = post("/api/projects/" + project + "/jira-test-connection", ADMIN, null);
        assertThat(bad.status()).isEqualTo(200);
        assertThat(bad.json().path("ok").asBoolean(true)).as(bad.text()).isFalse();
        assertThat(bad.json().path("error").asText()).contains("token");
    }

    // While Jira asks for patience

    private JsonNode connectionTest(long project, @Nullable String config) {
        Answer answer = post("/api/projects/" + project + "/jira-test-connection", ADMIN, config);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void aRateLimitIsNeverWaitedForTooShort() {
        SimulatedJira jira = cloud(45);
        long project = project(jira);
        jira.fail(onPage(Fault.rateLimited(Duration.ofSeconds(3)), 2));
        jira.clearRequests();
        JsonNode log = completed(project, "full");
        assertThat(log.path("ticketsProcessed").asInt()).isEqualTo(45);
        Instant said = pages(jira).get(1).at();
        assertThat(jira.requests())
                .extracting(RecordedRequest::at)
                .noneMatch(at -> at.isAfter(said.plusMillis(500)) && at.isBefore(said.plusSeconds(3)));
    }

    @Test
    void aLongTimeThatJiraNamesIsNotCutShort() {
        SimulatedJira jira = cloud(45);
        long project = project(jira);
        waiting(jira, project, Fault.rateLimited(Duration.ofHours(30)));

        JsonNode log = logs(project).get(0);
        Instant until = Instant.parse(log.path("waitingUntil").asText());
        assertThat(until).isAfter(Instant.now().plus(Duration.ofHours(29)));
        assertThat(log.path("stateText").asText())
                .contains("waiting until " + until.toString().substring(0, 10));
    }

    @Test
    void nothingOfTheConnectionGoesOutWhileJiraAsksForPatience() {
        SimulatedJira jira = cloud(45);
        long project = project(jira);
        waiting(jira, project, Fault.rateLimited(Duration.ofMinutes(10)));
        long sync = logs(project).get(0).path("id").asLong();
        jira.clearRequests();
        // The background's probe is due.
        jdbc.sql("UPDATE connection_health SET next_probe = now() WHERE config_id = (SELECT id FROM integration_configs"
                        + " WHERE project_id = ?)")
                .param(project)
                .update();

        JsonNode stored = connectionTest(project, null);
        assertThat(stored.path("ok").asBoolean(true)).isFalse();
        assertThat(stored.path("error").asText()).contains("rate limit", "nothing is sent before 20");
        JsonNode given = connectionTest(
                project,
                """
                {"jiraUrl": "%s", "email": "demo@example.com", "apiKey": "sandbox", "projectKey": "DEMO"}"""
                        .formatted(jira.baseUri()));
        assertThat(given.path("ok").asBoolean(true)).isFalse();
        assertThat(given.path("error").asText()).contains("nothing is sent before 20");
        // To wait is no failure of the connection.
        assertThat(jdbc.sql("SELECT h.status <> 'DOWN' AND NOT EXISTS (SELECT FROM connection_probes p"
                                + " WHERE p.config_id = c.id AND NOT p.ok) AND c.test_status IS DISTINCT FROM 'failed'"
                                + " FROM integration_configs c JOIN connection_health h ON h.config_id = c.id"
                                + " WHERE c.project_id = ?")
                        .param(project)
                        .query(Boolean.class)
                        .single())
                .isTrue();
        Answer preview = post(
                "/api/projects/" + project + "/jira-config/preview",
                ADMIN,
                "{\"fieldMappings\": {}, \"issueKey\": \"DEMO-1\"}");
        assertThat(preview.status()).isEqualTo(503);
        assertThat(Integer.parseInt(preview.header("Retry-After"))).isBetween(500, 602);
        // As if somebody had made the sync go on: it waits again, for the same moment.
        Object before = log(project, sync).path("waitingUntil").asText();
        jdbc.sql("UPDATE sync_logs SET waiting_until = now() WHERE id = ? AND owner IS NULL")
                .param(sync)
                .update();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        log(project, sync).path("waitingUntil").asText())
                .isEqualTo(before));
        await().during(Duration.ofSeconds(6)).atMost(PATIENCE).until(() -> jira.requests()
                .isEmpty());

        waitNoMore(sync);
        assertThat(ended(project, sync).path("status").asText()).isEqualTo("completed");
        assertThat(connectionTest(project, null).path("ok").asBoolean()).isTrue();
    }

    @Test
    void aLimitOfOneIssueHoldsNothingElseBack() {
        SimulatedJira jira = cloud(5);
        long project = project(jira);
        String path = "/api/projects/" + project + "/jira-config/preview";
        String body = "{\"fieldMappings\": {}, \"issueKey\": \"DEMO-1\"}";
        jira.fail(Fault.rateLimited(Duration.ofMinutes(1))
                .withReason("jira-per-issue-on-write")
                .onPath("/rest/api/2/issue/"));
        assertThat(post(path, ADMIN, body).status()).isEqualTo(503);
        assertThat(post(path, ADMIN, body).status()).isEqualTo(200);
        completed(project, "full");
    }
}
