package io.atmosfera.integration.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.sync.SyncLeases;
import io.atmosfera.sandbox.http.RecordedRequest;
import io.atmosfera.sandbox.jira.Fault;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** How syncs are started, stopped, scheduled, taken over and resumed. */
class SyncControlTest extends JiraSyncTest {

    @Autowired
    private SyncLeases leases;

    /** Holds back pages from the n-th on until it is opened. */
    private CountDownLatch gate(SimulatedJira jira, int nth) {
        CountDownLatch gate = new CountDownLatch(1);
        jira.fail(Fault.before(() -> {
                    try {
                        // Shorter than the platform's time-out.
                        boolean unused = gate.await(1200, TimeUnit.MILLISECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                })
                .matching(JiraSyncTest::isPage)
                .onNth(nth)
                .untilCleared());
        return gate;
    }

    private static Fault slowPages() {
        return Fault.slow(Duration.ofMillis(150)).matching(JiraSyncTest::isPage).untilCleared();
    }

    private JsonNode stored(long project, long sync, int pages) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> log(project, sync), log -> log.path("pages").asInt() >= pages);
    }

    private JsonNode newest(long project, String status) {
        return await().atMost(PATIENCE).until(() -> logs(project).get(0), log -> log.path("status")
                .asText()
                .equals(status));
    }

    @Test
    void aSecondSyncOfAProjectIsAConflict() {
        SimulatedJira jira = cloud(25);
        long project = project(jira);
        CountDownLatch gate = gate(jira, 2);
        long sync = begin(project, "full");
        Answer conflict = tryStart(project, "{\"syncType\": \"incremental\"}");
        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.header("Content-Type")).startsWith("application/problem+json");
        assertThat(conflict.json().path("syncId").asLong()).isEqualTo(sync);
        gate.countDown();
        assertThat(ended(project, sync).path("status").asText()).isEqualTo("completed");
        completed(project, "incremental");
    }

    @Test
    void twoProjectsAreSyncedAtTheSameTime() {
        SimulatedJira jira = cloud(25);
        SimulatedJira other = dataCenter(35);
        long first = project(jira);
        long second = project(other);
        CountDownLatch gate = gate(jira, 2);
        long held = begin(first, "full");
        completed(second, "full");
        assertThat(log(first, held).path("status").asText()).isEqualTo("running");
        gate.countDown();
        assertThat(ended(first, held).path("status").asText()).isEqualTo("completed");
        assertThat(summaries(first)).isEqualTo(issues(jira, 25));
        assertThat(summaries(second)).isEqualTo(issues(other, 35));
    }

    @Test
    void aSyncStopsWithinAPageOfBeingCancelled() {
        SimulatedJira jira = cloud(200);
        long project = project(jira);
        jira.fail(slowPages());
        long sync = begin(project, "full");
        stored(project, sync, 2);
        cancel(project, sync);
        int asked = pages(jira).size();
        JsonNode end = ended(project, sync);
        assertThat(end.path("status").asText()).isEqualTo("cancelled");
        assertThat(end.path("stateText").asText()).isEqualTo("cancelled");
        assertThat(end.path("completedAt").asText()).isNotEmpty();
        assertThat(pages(jira).size()).isBetween(asked, asked + 2);
        assertThat(ticketCount(project)).isEqualTo(end.path("ticketsCreated").asLong());
        // Its project is free again; what was stored stays.
        jira.clearFaults();
        assertThat(completed(project, "full").path("ticketsUnchanged").asLong())
                .isEqualTo(end.path("ticketsCreated").asLong());
        assertThat(ticketCount(project)).isEqualTo(200);
    }

    @Test
    void cancellingAnEndedSyncChangesNothing() {
        SimulatedJira jira = cloud(5);
        long project = project(jira);
        long sync = completed(project, "full").path("id").asLong();
        cancel(project, sync);
        assertThat(log(project, sync).path("status").asText()).isEqualTo("completed");
        assertThat(post("/api/projects/" + project + "/jira-sync-logs/999999999/cancel", ADMIN, null)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aWaitingSyncIsCancelledAtOnce() {
        SimulatedJira jira = cloud(45);
        long project = project(jira);
        jira.fail(Fault.rateLimited(Duration.ofMinutes(20))
                .matching(JiraSyncTest::isPage)
                .onNth(3));
        long sync = begin(project, "full");
        assertThat(waiting(project, sync).has("waitingUntil")).isTrue();
        cancel(project, sync);
        JsonNode end = log(project, sync);
        assertThat(end.path("status").asText()).isEqualTo("cancelled");
        assertThat(end.has("waitingUntil")).isFalse();
        // Jira's rate limit outlives the sync that met it.
        patienceIsForgotten(project);
        completed(project, "full");
    }

    @Test
    void whoCancelsBeforeARateLimitDoesNotWaitForIt() {
        SimulatedJira jira = cloud(45);
        long project = project(jira);
        CountDownLatch gate = gate(jira, 1);
        long sync = begin(project, "full");
        await().until(() -> !pages(jira).isEmpty());
        cancel(project, sync);
        jira.clearFaults();
        jira.fail(Fault.rateLimited(Duration.ofMinutes(20))
                .matching(JiraSyncTest::isPage)
                .untilCleared());
        gate.countDown();
        assertThat(ended(project, sync).path("status").asText()).isEqualTo("cancelled");
    }

    @Test
    void whoCancelsBeforeAFailureGetsACancelledSync() {
        SimulatedJira jira = cloud(5);
        long project = project(jira);
        jira.fail(Fault.slow(Duration.ofMillis(800))
                .matching(JiraSyncTest::isPage)
                .withHeader("X-Authentication-Denied-Reason", "CAPTCHA_CHALLENGE"));
        long sync = begin(project, "full");
        await().until(() -> !pages(jira).isEmpty());
        cancel(project, sync);
        JsonNode end = ended(project, sync);
        assertThat(end.path("status").asText()).isEqualTo("cancelled");
        assertThat(state(project, "failures")).isEqualTo(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"full", "incremental"})
    void anOwnJqlIsForManualSyncsOnly(String syncType) {
        SimulatedJira jira = cloud(5);
        long project = project(jira);
        Answer refused = tryStart(project, "{\"syncType\": \"" + syncType + "\", \"jql\": \"key = DEMO-1\"}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("errors").get(0).path("field").asText()).isEqualTo("jql");
        assertThat(logs(project)).isEmpty();
    }

    @Test
    void withoutAConfigurationThereIsNothingToSync() {
        assertThat(tryStart(project(), "{\"syncType\": \"full\"}").status()).isEqualTo(404);
        assertThat(tryStart(999999999, "{\"syncType\": \"full\"}").status()).isEqualTo(404);
        assertThat(tryStart(project(), "{\"syncType\": \"everything\"}").status())
                .isEqualTo(400);
    }

    @Test
    void aDueSyncIsStartedOnceAndTheNextOneIsJittered() {
        SimulatedJira jira = cloud(15);
        List<Instant> next = new ArrayList<>();
        List<Long> projects = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            long project = project(jira, config -> config.put("autoSync", true).put("syncIntervalMinutes", 60));
            projects.add(project);
            next.add(nextSync(project));
        }
        assertThat(next).doesNotHaveDuplicates();
        assertThat(next).allSatisfy(moment -> assertThat(moment)
                .isBetween(
                        Instant.now().plus(Duration.ofMinutes(53)),
                        Instant.now().plus(Duration.ofMinutes(67))));
        long project = projects.get(0);
        jdbc.sql("UPDATE sync_schedules SET next_sync_at = now() WHERE project_id = ?")
                .param(project)
                .update();
        JsonNode log = await().atMost(PATIENCE)
                .until(
                        () -> logs(project),
                        logs -> !logs.isEmpty()
                                && logs.get(0).path("status").asText().equals("completed"))
                .get(0);
        assertThat(log.path("syncType").asText()).isEqualTo("scheduled");
        assertThat(ticketCount(project)).isEqualTo(15);
        assertThat(nextSync(project))
                .isBetween(
                        Instant.now().plus(Duration.ofMinutes(53)),
                        Instant.now().plus(Duration.ofMinutes(67)));
        // Nothing is started a second time, nor for those that are not due.
        await().during(Duration.ofSeconds(2))
                .atMost(PATIENCE)
                .until(() -> logs(project).size() == 1
                        && projects.subList(1, 5).stream()
                                .allMatch(other -> logs(other).isEmpty()));
    }

    private Instant nextSync(long project) {
        return ((Timestamp) Objects.requireNonNull(state(project, "next_sync_at"))).toInstant();
    }

    @Test
    void aSyncThatRunsKeepsTheScheduleFromStartingAnother() {
        SimulatedJira jira = cloud(25);
        long project = project(jira, config -> config.put("autoSync", true));
        CountDownLatch gate = gate(jira, 2);
        long sync = begin(project, "full");
        jdbc.sql("UPDATE sync_schedules SET next_sync_at = now() WHERE project_id = ?")
                .param(project)
                .update();
        await().during(Duration.ofMillis(800)).until(() -> logs(project).size() == 1);
        gate.countDown();
        assertThat(ended(project, sync).path("status").asText()).isEqualTo("completed");
    }

    /** A sync that stands as if another instance had stopped in the middle of it; gives its id. */
    private long cutOff(SimulatedJira jira, long project) {
        jira.fail(Fault.rateLimited(Duration.ofMinutes(20))
                .matching(JiraSyncTest::isPage)
                .onNth(4));
        long sync = begin(project, "full");
        assertThat(waiting(project, sync).path("pages").asInt()).isEqualTo(3);
        patienceIsForgotten(project);
        jira.clearRequests();
        return sync;
    }

    private void die(long sync) {
        jdbc.sql("UPDATE sync_logs SET owner = 'another instance', lease_until = now() - interval '1 second',"
                        + " waiting_until = NULL WHERE id = ?")
                .param(sync)
                .update();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSyncOfADeadInstanceIsResumedFromItsLastPage(boolean cloud) {
        SimulatedJira jira = cloud ? cloud(55) : dataCenter(55);
        long project = project(jira);
        long sync = cutOff(jira, project);
        die(sync);

        JsonNode successor = newest(project, "completed");

        JsonNode dead = log(project, sync);
        assertThat(dead.path("status").asText()).isEqualTo("failed");
        assertThat(dead.path("errorMessage").asText()).contains("another sync resumes it");
        assertThat(dead.path("completedAt").asText()).isNotEmpty();
        assertThat(successor.path("resumedFrom").asLong()).isEqualTo(sync);
        assertThat(successor.path("ticketsProcessed").asInt()).isEqualTo(25);
        assertThat(logs(project)).hasSize(2);
        List<RecordedRequest> pages = pages(jira);
        assertThat(pages).hasSize(3);
        if (cloud) {
            assertThat(pages).allMatch(page -> page.parameter("nextPageToken") != null);
        } else {
            assertThat(pages).extracting(page -> page.parameter("startAt")).containsExactly("30", "40", "50");
        }
        assertThat(summaries(project)).isEqualTo(issues(jira, 55)).hasSize(55);
        assertThat(warnings(successor)).isEmpty();
        // The successor knows the pages of the dead one: nothing seems to be missing.
        assertThat(calls(jira)).noneMatch(call -> call.path().startsWith("/rest/api/2/issue/"));
    }

    @Test
    void aResumedWalkGoesOnWithoutAPageTokenThatJiraRefuses() {
        SimulatedJira jira = cloud(55);
        long project = project(jira);
        long sync = cutOff(jira, project);
        // As if Jira had forgotten it, which it does after seven days.
        jdbc.sql("UPDATE sync_logs SET checkpoint = jsonb_set(checkpoint, '{token}', '\"forgotten\"') WHERE id = ?")
                .param(sync)
                .update();
        die(sync);

        JsonNode successor = newest(project, "completed");

        assertThat(successor.path("resumedFrom").asLong()).isEqualTo(sync);
        assertThat(summaries(project)).isEqualTo(issues(jira, 55)).hasSize(55);
        List<RecordedRequest> pages = pages(jira);
        assertThat(pages.get(0).parameter("nextPageToken")).isEqualTo("forgotten");
        assertThat(jql(pages.get(1)))
                .startsWith("(project = \"DEMO\") AND created >= ")
                .endsWith(" ORDER BY created ASC, key ASC");
        assertThat(pages.get(1).parameter("nextPageToken")).isNull();
        // It did not begin anew: three pages were there, three were to come, one was refused.
        assertThat(pages).hasSize(4);
        assertThat(successor.path("ticketsProcessed").asInt()).isBetween(25, 30);
        assertThat(warnings(successor)).isEmpty();
    }

    @Test
    void aRefusedTokenInTheMiddleOfAWalkIsAnError() {
        SimulatedJira jira = cloud(35);
        long project = project(jira);
        jira.fail(Fault.answering(400, "application/json", "{\"errorMessages\": [\"The nextPageToken is invalid\"]}")
                .matching(JiraSyncTest::isPage)
                .onNth(3));
        assertThat(failed(project, "full")).contains("nextPageToken is invalid");
    }

    @Test
    void aLeaseIsKeptWhileAPageTakesLong() {
        SimulatedJira jira = cloud(45);
        long project = project(jira);
        // Each page takes a third of the lease and more than the pause between two looks.
        jira.fail(Fault.slow(Duration.ofMillis(1000))
                .matching(JiraSyncTest::isPage)
                .untilCleared());
        JsonNode log = completed(project, "full");
        assertThat(log.path("ticketsProcessed").asInt()).isEqualTo(45);
        assertThat(log.path("durationMs").asLong()).isGreaterThan(4500);
        assertThat(logs(project)).hasSize(1);
    }

    @Test
    void aSyncThatNobodyRunsAnyMoreIsFoundEvenWhereItsInstanceLives() {
        SimulatedJira jira = cloud(55);
        long project = project(jira);
        long sync = cutOff(jira, project);
        // As after an end that could not be written down: this instance's name stands there, but nothing runs.
        jdbc.sql("UPDATE sync_logs SET owner = ?, lease_until = now() + interval '1 second',"
                        + " waiting_until = NULL WHERE id = ?")
                .params(leases.getOwner(), sync)
                .update();
        JsonNode successor = newest(project, "completed");
        assertThat(successor.path("resumedFrom").asLong()).isEqualTo(sync);
    }

    @Test
    void deletingTheConfigurationEndsARunningSync() {
        SimulatedJira jira = cloud(200);
        long project = project(jira);
        jira.fail(slowPages());
        long sync = begin(project, "full");
        stored(project, sync, 2);
        assertThat(delete("/api/projects/" + project + "/jira-config", ADMIN).status())
                .isEqualTo(204);
        JsonNode end = ended(project, sync);
        assertThat(end.path("status").asText()).isEqualTo("cancelled");
        assertThat(ticketCount(project)).isLessThan(200).isPositive();
        assertThat(tryStart(project, "{\"syncType\": \"full\"}").status()).isEqualTo(404);
    }

    @Test
    void deletingTheConfigurationEndsTheSyncOfADeadInstanceToo() {
        SimulatedJira jira = cloud(55);
        long project = project(jira);
        long sync = cutOff(jira, project);
        jdbc.sql("UPDATE sync_logs SET owner = 'another instance', lease_until = now() + interval '2 seconds',"
                        + " waiting_until = NULL WHERE id = ?")
                .param(sync)
                .update();
        assertThat(delete("/api/projects/" + project + "/jira-config", ADMIN).status())
                .isEqualTo(204);
        await().atMost(PATIENCE).until(() -> logs(project).stream()
                .noneMatch(log -> log.path("status").asText().equals("running")));
    }

    @Test
    void deletingTheProjectEndsARunningSync() {
        SimulatedJira jira = cloud(200);
        long project = project(jira);
        jira.fail(
                Fault.slow(Duration.ofMillis(30)).matching(JiraSyncTest::isPage).untilCleared());
        long sync = begin(project, "full");
        stored(project, sync, 3);
        Answer deleted = delete("/api/projects/" + project, ADMIN);
        assertThat(deleted.status()).as(deleted.text()).isEqualTo(204);
        assertThat(get("/api/projects/" + project).status()).isEqualTo(404);
        // The walk notices with its next page and asks for no more than what was under way.
        await().during(Duration.ofSeconds(1)).atMost(PATIENCE).until(() -> {
            int asked = pages(jira).size();
            return asked < 20 && ticketCount(project) == 0;
        });
        completed(project(jira), "full");
    }
}
