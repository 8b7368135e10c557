package io.atmosfera.integration.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.zaxxer.hikari.HikariDataSource;
import io.atmosfera.sandbox.http.RecordedRequest;
import io.atmosfera.sandbox.jira.Fault;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** How a sync walks through Jira's pages, on Cloud and on Data Center, and what it stores of them. */
class SyncWalkTest extends JiraSyncTest {

    @Autowired
    private HikariDataSource pool;

    private SimulatedJira jira(boolean cloud, int issues) {
        return cloud ? cloud(issues) : dataCenter(issues);
    }

    @Test
    void aFullSyncOfCloudFollowsTheTokens() {
        SimulatedJira jira = cloud(35);
        long project = project(jira);
        JsonNode log = completed(project, "full");
        assertThat(log.path("ticketsProcessed").asInt()).isEqualTo(35);
        assertThat(log.path("ticketsCreated").asInt()).isEqualTo(35);
        assertThat(log.path("pages").asInt()).isEqualTo(4);
        assertThat(log.path("jiraCount").asInt()).isEqualTo(35);
        assertThat(log.path("localCount").asInt()).isEqualTo(35);
        assertThat(log.path("warnings")).isEmpty();
        assertThat(summaries(project)).isEqualTo(issues(jira, 35)).hasSize(35);

        List<RecordedRequest> pages = pages(jira);
        String basic = "Basic "
                + Base64.getEncoder().encodeToString("demo@example.com:sandbox".getBytes(StandardCharsets.UTF_8));
        assertThat(pages).hasSize(4).allSatisfy(page -> {
            assertThat(page.path()).isEqualTo(CLOUD_SEARCH);
            assertThat(jql(page)).isEqualTo("project = \"DEMO\" ORDER BY created ASC, key ASC");
            assertThat(page.parameter("fields")).isEqualTo("*all");
            assertThat(page.parameter("maxResults")).isEqualTo("500");
            assertThat(page.parameter("startAt")).isNull();
            assertThat(page.header("Authorization")).isEqualTo(basic);
            assertThat(page.header("PlatformConnection")).isNull();
        });
        assertThat(pages.get(0).parameter("nextPageToken")).isNull();
        assertThat(pages.subList(1, 4))
                .extracting(page -> page.parameter("nextPageToken"))
                .doesNotContainNull()
                .doesNotHaveDuplicates();
    }

    @Test
    void aFullSyncOfDataCenterAdvancesByWhatCame() {
        SimulatedJira jira = dataCenter(35);
        long project = project(jira);
        JsonNode log = completed(project, "full");
        assertThat(log.path("ticketsCreated").asInt()).isEqualTo(35);
        assertThat(log.path("jiraCount").asInt()).isEqualTo(35);
        assertThat(log.path("localCount").asInt()).isEqualTo(35);
        assertThat(summaries(project)).isEqualTo(issues(jira, 35)).hasSize(35);

        List<RecordedRequest> pages = pages(jira);
        assertThat(pages).allSatisfy(page -> {
            assertThat(page.path()).isEqualTo(SEARCH);
            assertThat(jql(page)).isEqualTo("project = \"DEMO\" ORDER BY created ASC, key ASC");
            assertThat(page.parameter("fields")).isEqualTo("*all");
            assertThat(page.parameter("nextPageToken")).isNull();
            assertThat(page.header("Authorization")).isEqualTo("Bearer sandbox");
        });
        assertThat(pages).extracting(page -> page.parameter("startAt")).containsExactly("0", "10", "20", "30");
        assertThat(get("/api/projects/" + project + "/jira-config")
                        .json()
                        .path("detectedDeployment")
                        .asText())
                .isEqualTo("datacenter");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anIncrementalSyncAsksForWhatChangedAndNoMore(boolean cloud) {
        SimulatedJira jira = jira(cloud, 45);
        long project = project(jira);
        long before = System.currentTimeMillis() - 5000;
        completed(project, "full");
        jdbc.sql("UPDATE jira_sync_state SET cursor_ms = ? WHERE project_id = ?")
                .params(before, project)
                .update();
        for (int number = 1; number <= 25; number++) {
            jira.editIssue("DEMO-" + number, fields -> fields.put("summary", "Changed"));
        }
        jira.createIssue("DEMO", fields -> fields.put("summary", "New"));
        jira.clearRequests();

        JsonNode log = completed(project, "incremental");

        assertThat(log.path("ticketsCreated").asInt()).isEqualTo(1);
        assertThat(log.path("ticketsUpdated").asInt()).isEqualTo(25);
        assertThat(summaries(project)).isEqualTo(issues(jira, 46)).hasSize(46);
        List<RecordedRequest> pages = pages(jira);
        assertThat(calls(jira)).hasSizeLessThanOrEqualTo(pages.size() + 2);
        long since = before - Duration.ofMinutes(2).toMillis();
        assertThat(pages)
                .hasSize((log.path("ticketsProcessed").asInt() + 9) / 10)
                .extracting(JiraSyncTest::jql)
                .containsOnly("project = \"DEMO\" AND updated >= " + since + " ORDER BY created ASC, key ASC");
        assertThat((Long) state(project, "cursor_ms")).isGreaterThan(before);
    }

    @Test
    void theCursorNeverGoesBeyondTheBeginningOfTheWalk() {
        SimulatedJira jira = cloud(25);
        long project = project(jira);
        long begin = System.currentTimeMillis();
        // Changed after its page was read: the next sync has to see it.
        jira.fail(Fault.before(() -> jira.editIssue("DEMO-1", fields -> fields.put("summary", "Late")))
                .matching(JiraSyncTest::isPage)
                .onNth(3));
        completed(project, "full");
        assertThat((Long) state(project, "cursor_ms")).isLessThan(begin + 2000);
        completed(project, "incremental");
        assertThat(summaries(project)).containsEntry("DEMO-1", "Late").isEqualTo(issues(jira, 25));
    }

    @Test
    void anOwnJqlStandsAloneAndLeavesTheCursor() {
        SimulatedJira jira = cloud(25);
        jira.createIssue("DEMO", fields -> fields.put("summary", "Wanted"));
        long project = project(jira);
        JsonNode log = sync(
                project,
                "manual",
                request -> request.put("jql", "key = DEMO-26 OR key in (DEMO-3, DEMO-4) ORDER BY updated"));
        assertThat(log.path("status").asText()).isEqualTo("completed");
        assertThat(summaries(project)).containsOnlyKeys("DEMO-26", "DEMO-3", "DEMO-4");
        assertThat(pages(jira))
                .extracting(JiraSyncTest::jql)
                .containsExactly("key = DEMO-26 OR key in (DEMO-3, DEMO-4) ORDER BY created ASC, key ASC");
        assertThat(state(project, "cursor_ms")).isNull();
        assertThat(log.has("jiraCount")).isFalse();

        completed(project, "full");
        Object cursor = state(project, "cursor_ms");
        Object next = state(project, "next_sync_at");
        jira.editIssue("DEMO-5", fields -> fields.put("summary", "Changed"));
        sync(project, "manual", request -> request.put("jql", "key = DEMO-5"));
        assertThat(state(project, "cursor_ms")).isEqualTo(cursor);
        assertThat(state(project, "next_sync_at")).isEqualTo(next);
        assertThat(ticketCount(project)).isEqualTo(26);
    }

    @Test
    void theFirstIncrementalSyncIsAFullWalk() {
        SimulatedJira jira = cloud(12);
        long project = project(jira);
        completed(project, "incremental");
        assertThat(ticketCount(project)).isEqualTo(12);
        assertThat(pages(jira)).extracting(JiraSyncTest::jql).noneMatch(jql -> jql.contains("updated"));
    }

    @Test
    void anotherJqlMakesTheNextIncrementalSyncAFullWalk() {
        SimulatedJira jira = cloud(25);
        long project = project(jira, config -> config.put("jql", "project = DEMO AND key <= DEMO-12"));
        JsonNode first = completed(project, "full");
        int some = first.path("ticketsCreated").asInt();
        assertThat(some).isEqualTo(12);
        configure(project, jira, config -> config.put("jql", "project = DEMO ORDER BY key"));
        jira.clearRequests();
        completed(project, "incremental");
        assertThat(summaries(project)).isEqualTo(issues(jira, 25));
        assertThat(pages(jira))
                .extracting(JiraSyncTest::jql)
                .containsOnly("project = DEMO ORDER BY created ASC, key ASC");
        jira.clearRequests();
        completed(project, "incremental");
        assertThat(pages(jira))
                .extracting(JiraSyncTest::jql)
                .allMatch(jql -> jql.startsWith("(project = DEMO) AND updated >= "));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anIssueOnTwoPagesIsStoredOnce(boolean cloud) {
        SimulatedJira jira = jira(cloud, 24);
        long project = project(jira);
        // A new issue with an old date pushes the last of the first page onto the second.
        jira.fail(Fault.before(() -> jira.createIssue("DEMO", fields -> fields.put("summary", "Imported")
                        .put("created", "2001-01-01T00:00:00.000+0000")
                        .put("updated", now())))
                .matching(JiraSyncTest::isPage)
                .onNth(2));
        JsonNode log = completed(project, "full");
        assertThat(log.path("ticketsUnchanged").asInt()).isEqualTo(1);
        // What came in behind the walk is the next sync's, where no look at the ids has found it.
        assertThat(log.path("ticketsCreated").asInt()).isEqualTo(cloud ? 25 : 24);
        completed(project, "incremental");
        assertThat(summaries(project)).isEqualTo(issues(jira, 25)).hasSize(25);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void pagesThatShiftWhileTheyAreReadLoseNothing(boolean cloud) {
        SimulatedJira jira = start((cloud ? SimulatedJira.Options.cloud() : SimulatedJira.Options.dataCenter())
                .initialIssues(45)
                .projects("DEMO", "OTHER")
                .maxPageSize(10));
        long project = project(jira);
        jira.fail(Fault.before(() -> {
                    jira.deleteIssue(stored(project));
                    jira.editIssue("DEMO-40", fields -> fields.put("summary", "Edited"));
                })
                .matching(JiraSyncTest::isPage)
                .onNth(3));
        jira.fail(Fault.before(() -> jira.moveIssue(stored(project), "OTHER"))
                .matching(JiraSyncTest::isPage)
                .onNth(3));
        completed(project, "full");
        assertThat(summaries(project)).containsAllEntriesOf(issues(jira, 45));
        completed(project, "full");
        // What has moved to a project outside of the scope is no longer reached.
        assertThat(summaries(project)).isEqualTo(issues(jira, 45));
        assertThat(listed(project, "&syncStatus=deleted")).contains("OTHER-1");
    }

    /** A ticket of the first page that Jira still has in the project. */
    private String stored(long project) {
        return await().until(
                        () -> jdbc.sql("SELECT jira_key FROM jira_tickets WHERE project_id = ?"
                                        + " ORDER BY created_date, id OFFSET 2 LIMIT 5")
                                .param(project)
                                .query(String.class)
                                .list(),
                        keys -> !keys.isEmpty())
                .get(pick++);
    }

    private int pick;

    private static String now() {
        return OffsetDateTime.now(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxx"));
    }

    @Test
    void aRepeatedPageTokenEndsTheSyncWithAClearReason() {
        SimulatedJira jira = cloud(35);
        long project = project(jira);
        jira.fail(Fault.repeatedPageToken().untilCleared());
        String reason = failed(project, "full");
        assertThat(reason).contains("page token");
        assertThat(pages(jira)).hasSizeLessThan(10);
        jira.clearFaults();
        completed(project, "full");
        assertThat(ticketCount(project)).isEqualTo(35);
    }

    @Test
    void anUnchangedFullSyncWritesNoRow() {
        SimulatedJira jira = cloud(40);
        long project = project(jira);
        completed(project, "full");
        Written first = written();
        List<String> before = versions(project);

        JsonNode second = completed(project, "full");

        assertThat(second.path("ticketsUnchanged").asInt()).isEqualTo(40);
        assertThat(second.path("ticketsCreated").asInt()).isZero();
        assertThat(second.path("ticketsUpdated").asInt()).isZero();
        assertThat(versions(project)).isEqualTo(before);
        assertThat(written()).isEqualTo(first);
        jira.editIssue("DEMO-7", fields -> fields.put("summary", "The only change"));
        completed(project, "full");
        assertThat(written()).isEqualTo(new Written(first.inserts(), first.updates() + 2));
    }

    private record Written(long inserts, long updates) {}

    /** Rows of tickets and payloads written so far. A connection counts at its end, so all are made to end. */
    private Written written() {
        pool.getHikariPoolMXBean().softEvictConnections();
        return await().atMost(PATIENCE).during(Duration.ofSeconds(1)).until(this::counted, new Same<>());
    }

    private Written counted() {
        return jdbc.sql("SELECT sum(n_tup_ins), sum(n_tup_upd) FROM pg_stat_user_tables"
                        + " WHERE relname IN ('jira_tickets', 'jira_ticket_payloads')")
                .query((row, number) -> new Written(row.getLong(1), row.getLong(2)))
                .single();
    }

    /** True for a value that is the same as the one before. */
    private static final class Same<T> implements Predicate<T> {

        private @Nullable T last;

        @Override
        public boolean test(T value) {
            boolean same = value.equals(last);
            last = value;
            return same;
        }
    }

    /** Where each row lies and which transaction wrote it. */
    private List<String> versions(long project) {
        return jdbc.sql("SELECT t.ctid::text || t.xmin::text || p.ctid::text || p.xmin::text FROM jira_tickets t"
                        + " JOIN jira_ticket_payloads p ON p.ticket_id = t.id WHERE project_id = ? ORDER BY t.id")
                .param(project)
                .query(String.class)
                .list();
    }

    @Test
    void createdUpdatedAndUnchangedAreToldApart() {
        SimulatedJira jira = dataCenter(20);
        long project = project(jira);
        completed(project, "full");
        jira.editIssue("DEMO-3", fields -> fields.put("summary", "One"));
        jira.editIssue("DEMO-17", fields -> fields.put("summary", "Two"));
        jira.createIssue("DEMO", fields -> fields.put("summary", "Three"));
        JsonNode log = completed(project, "full");
        assertThat(log.path("ticketsProcessed").asInt()).isEqualTo(21);
        assertThat(log.path("ticketsCreated").asInt()).isEqualTo(1);
        assertThat(log.path("ticketsUpdated").asInt()).isEqualTo(2);
        assertThat(log.path("ticketsUnchanged").asInt()).isEqualTo(18);
        assertThat(log.path("ticketsInvalid").asInt()).isZero();
    }

    @Test
    void anOlderStateNeverOverwritesANewerOne() {
        SimulatedJira jira = cloud(5);
        long project = project(jira);
        completed(project, "full");
        // As if a webhook had been stored after the page was asked for.
        jdbc.sql("UPDATE jira_tickets SET summary = 'Newer', content_hash = 'newer', jira_updated = ?::timestamptz,"
                        + " last_synced = now() + interval '1 minute' WHERE project_id = ? AND jira_key = 'DEMO-2'")
                .params(Instant.now().plusSeconds(60).toString(), project)
                .update();
        JsonNode log = completed(project, "full");
        assertThat(log.path("ticketsUnchanged").asInt()).isEqualTo(5);
        assertThat(summaries(project)).containsEntry("DEMO-2", "Newer");
    }

    @Test
    void aPageIsSmallerWhereTheBatchSizeSaysMoreThanJiraGives() {
        SimulatedJira jira =
                start(SimulatedJira.Options.dataCenter().initialIssues(7).maxPageSize(3));
        long project = project(jira);
        completed(project, "full");
        assertThat(pages(jira)).extracting(page -> page.parameter("startAt")).containsExactly("0", "3", "6");
        assertThat(ticketCount(project)).isEqualTo(7);
    }

    @Test
    void anEmptyProjectIsSyncedToo() {
        SimulatedJira jira = cloud(0);
        long project = project(jira);
        JsonNode log = completed(project, "full");
        assertThat(log.path("jiraCount").asInt(-1)).isZero();
        assertThat(log.path("localCount").asInt(-1)).isZero();
        assertThat(warnings(log)).isEmpty();
        jira.createIssue("DEMO", fields -> fields.put("summary", "The first"));
        completed(project, "incremental");
        assertThat(summaries(project)).containsExactly(Map.entry("DEMO-1", "The first"));
    }

    @Test
    void anEmptyPageInTheMiddleIsNoEnd() {
        SimulatedJira jira = dataCenter(35);
        long project = project(jira);
        jira.fail(Fault.emptyPage().matching(JiraSyncTest::isPage).onNth(3));
        assertThat(failed(project, "full")).contains("empty page");
        SimulatedJira cloud = cloud(35);
        long other = project(cloud);
        cloud.fail(Fault.emptyPage().matching(JiraSyncTest::isPage).onNth(2));
        // What such a page kept back comes with the look at the ids.
        completed(other, "full");
        assertThat(summaries(other)).isEqualTo(issues(cloud, 35));
    }
}
