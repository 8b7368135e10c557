package io.atmosfera.integration.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import javax.sql.DataSource;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What becomes of deliveries with time: three whole days are kept here. */
class WebhookUpkeepTest extends StoredEvents {

    @Autowired
    private ProducerTemplate camel;

    @Autowired
    private DataSource database;

    @Test
    void aDayPastItsTimeIsDroppedWhole() {
        long project = project();
        String day = partition(20);
        long processed = event(project).age(Duration.ofDays(20)).store();
        long ignored = event(null).status("ignored").age(Duration.ofDays(20)).store();
        assertThat(exists(day)).isTrue();
        JsonNode before = get("/api/webhooks/status").json();

        camel.sendBody("direct:webhook-expire", "");

        assertThat(exists(day)).isFalse();
        assertThat(get("/api/webhooks/events/" + processed).status()).isEqualTo(404);
        assertThat(deliveries(processed, ignored)).isZero();
        assertThat(get("/api/webhooks/status").json()).isEqualTo(before);
    }

    @Test
    void aDayWithSomethingLeftToDoLosesOnlyWhatIsDone() {
        long project = project();
        String day = partition(10);
        long processed = event(project).age(Duration.ofDays(10)).store();
        long dead = event(project).status("dead").age(Duration.ofDays(10)).store();
        long failed = event(project).status("failed").age(Duration.ofDays(10)).store();
        long pending = event(project).status("pending").age(Duration.ofDays(10)).store();

        camel.sendBody("direct:webhook-expire", "");

        assertThat(exists(day)).isTrue();
        assertThat(deliveries(processed)).isZero();
        assertThat(get("/api/webhooks/events/" + processed).status()).isEqualTo(404);
        for (long kept : new long[] {dead, failed, pending}) {
            assertThat(get("/api/webhooks/events/" + kept).status()).isEqualTo(200);
            assertThat(deliveries(kept)).isEqualTo(1);
        }

        jdbc.sql("UPDATE webhook_events SET status = 'processed' WHERE id IN (?, ?, ?)")
                .params(dead, failed, pending)
                .update();
        camel.sendBody("direct:webhook-expire", "");
        assertThat(exists(day)).isFalse();
        assertThat(deliveries(dead, failed, pending)).isZero();
    }

    @Test
    void wholeDaysAreKept() {
        long project = project();
        partition(3);
        long lastDay = event(project).age(Duration.ofDays(3).minusMinutes(1)).store();
        long recent = event(project).store();
        // In no day's partition, since nobody made one.
        long old = event(project).age(Duration.ofDays(100)).store();

        camel.sendBody("direct:webhook-expire", "");

        assertThat(get("/api/webhooks/events/" + lastDay).status()).isEqualTo(200);
        assertThat(deliveries(lastDay, recent)).isEqualTo(2);
        assertThat(get("/api/webhooks/events/" + old).status()).isEqualTo(404);
        assertThat(deliveries(old)).isZero();
    }

    @Test
    void whoReadsADayHoldsUpNeitherTheUpkeepNorDeliveries() throws SQLException {
        String day = partition(30);
        try (Connection reader = database.getConnection()) {
            reader.setAutoCommit(false);
            reader.createStatement().execute("SELECT count(*) FROM webhook_events");

            long begin = System.nanoTime();
            camel.sendBody("direct:webhook-expire", "");

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
            assertThat(exists(day)).isTrue();
            reader.rollback();
        }
        camel.sendBody("direct:webhook-expire", "");
        assertThat(exists(day)).isFalse();
    }

    @Test
    void onlyOneAtATimeIsAtIt() throws SQLException {
        String day = partition(40);
        long old = event(project()).age(Duration.ofDays(41)).store();
        try (Connection other = database.getConnection()) {
            other.setAutoCommit(false);
            other.createStatement().execute("SELECT pg_advisory_xact_lock(hashtext('webhook_upkeep'))");

            camel.sendBody("direct:webhook-expire", "");

            assertThat(exists(day)).isTrue();
            assertThat(status(old)).isEqualTo("processed");
            other.rollback();
        }
    }

    @Test
    void theDaysToComeHaveTheirPartitions() {
        String last = name(-7);
        jdbc.sql("DROP TABLE " + last).update();

        camel.sendBody("direct:webhook-partitions-ahead", "");

        assertThat(exists(last)).isTrue();
        assertThat(exists(name(0))).isTrue();
    }

    @Test
    void aDayThatCameWithoutItsPartitionDoesNotHinderTheNext() {
        String early = name(-5);
        String late = name(-6);
        jdbc.sql("DROP TABLE " + early).update();
        jdbc.sql("DROP TABLE " + late).update();
        long stray = event(project()).age(Duration.ofDays(-5)).store();

        camel.sendBody("direct:webhook-partitions-ahead", "");

        assertThat(exists(early)).isFalse();
        assertThat(exists(late)).isTrue();
        assertThat(status(stray)).isEqualTo("processed");
        jdbc.sql("DELETE FROM webhook_events WHERE id = ?").param(stray).update();
        camel.sendBody("direct:webhook-partitions-ahead", "");
        assertThat(exists(early)).isTrue();
    }

    @Test
    void idleEntitiesLeaveTheQueue() {
        long project = project();
        queue(project, "idle", "infinity", "now() - interval '2 hours'", null);
        queue(project, "idle-without-time", "infinity", "'infinity'", null);
        queue(project, "idle-since-now", "infinity", "now()", null);
        queue(project, "leased", "infinity", "now() - interval '2 hours'", "somebody");
        queue(project, "due", "2020-01-01", "now() - interval '2 hours'", null);

        camel.sendBody("direct:webhook-tidy", "");

        assertThat(jdbc.sql("SELECT entity FROM webhook_queue WHERE project_id = ? ORDER BY entity")
                        .param(project)
                        .query(String.class)
                        .list())
                .containsExactly("due", "idle-since-now", "leased");
    }

    private void queue(long project, String entity, String due, String oldest, @Nullable String owner) {
        jdbc.sql(
                        "INSERT INTO webhook_queue (project_id, entity, integration_type, lane, due_at, oldest_at, owner) VALUES"
                                + " (?, ?, 'jira', 'apply', CAST(? AS timestamptz), " + oldest + ", ?)")
                .params(project, entity, due, owner)
                .update();
    }

    @Test
    void countersOfLongAgoBecomeOne() {
        for (int days : new int[] {89, 91, 92, 400}) {
            jdbc.sql(
                            """
                            INSERT INTO webhook_counters (integration_type, hour, slot, received, processed, dead, open, failed, last_received_at)
                            VALUES ('github', date_trunc('hour', now()) - make_interval(days => ?), 7, 10, 5, 1, 4, 2,
                                    now() - make_interval(days => ?))
                            """)
                    .params(days, days)
                    .update();
        }
        JsonNode before = get("/api/webhooks/status").json();

        camel.sendBody("direct:webhook-tidy", "");
        camel.sendBody("direct:webhook-tidy", "");

        assertThat(get("/api/webhooks/status").json()).isEqualTo(before);
        assertThat(count("SELECT count(*) FROM webhook_counters WHERE slot = 7"))
                .isEqualTo(1);
        assertThat(
                        count(
                                "SELECT received FROM webhook_counters WHERE hour = '-infinity' AND integration_type = 'github'"))
                .isEqualTo(30);
    }

    @Test
    void aProjectTakesItsDeliveriesAlong() {
        long project = project();
        JsonNode before = get("/api/webhooks/status").json();
        long pending = event(project).status("pending").store();
        long failed = event(project).status("failed").store();
        long dead = event(project).status("dead").store();
        long processed = event(project).store();
        long other = event(project()).store();
        lease(project, "issue/gone", Duration.ofMinutes(1));

        assertThat(delete("/api/projects/" + project, ADMIN).status()).isEqualTo(204);

        assertThat(get("/api/webhooks/events?projectId=" + project).header("X-Total-Count"))
                .isEqualTo("0");
        assertThat(deliveries(pending, failed, dead, processed)).isZero();
        assertThat(deliveries(other)).isEqualTo(1);
        assertThat(count("SELECT count(*) FROM webhook_queue WHERE project_id = ?", project))
                .isZero();
        JsonNode after = get("/api/webhooks/status").json();
        for (String figure : new String[] {"pending", "failed", "deadLettered"}) {
            assertThat(after.path(figure)).as(figure).isEqualTo(before.path(figure));
        }
    }

    // Helpers

    /** Makes the partition of a day that many days ago. */
    private String partition(int daysAgo) {
        LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(daysAgo);
        String name = name(daysAgo);
        jdbc.sql("CREATE TABLE IF NOT EXISTS " + name + " PARTITION OF webhook_events FOR VALUES FROM ('" + day
                        + "T00:00:00Z') TO ('" + day.plusDays(1) + "T00:00:00Z')")
                .update();
        return name;
    }

    private static String name(int daysAgo) {
        return "webhook_events_"
                + LocalDate.now(ZoneOffset.UTC).minusDays(daysAgo).format(DateTimeFormatter.BASIC_ISO_DATE);
    }

    private boolean exists(String table) {
        return Boolean.TRUE.equals(jdbc.sql("SELECT to_regclass(?) IS NOT NULL")
                .param(table)
                .query(Boolean.class)
                .single());
    }

    private long deliveries(long... events) {
        Long[] ids = Arrays.stream(events).boxed().toArray(Long[]::new);
        return jdbc.sql("SELECT count(*) FROM webhook_deliveries WHERE event_id = ANY (:ids)")
                .param("ids", ids)
                .query(Long.class)
                .single();
    }
}
