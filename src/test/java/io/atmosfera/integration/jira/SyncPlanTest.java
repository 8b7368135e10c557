package io.atmosfera.integration.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.atmosfera.sandbox.jira.SimulatedJira;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/**
 * What a sync reads while it stores does not grow with what is stored already, even where PostgreSQL's planner knows
 * nothing of what comes in. On a database of its own: it counts all that is read.
 */
@TestPropertySource(properties = {"platform.jira.batch-size=50", "platform.jira.background-period=5000"})
class SyncPlanTest extends JiraSyncTest {

    private static final int TICKETS = 3000;

    /** Rows read for each ticket: to compare and store it, to index its text, for the census and the count. */
    private static final int READS = 100;

    /** Rows read by scans of the whole table: none for a page. */
    private static final int SCANS_OF_THE_TABLE = 5;

    @Test
    void aTableThatWasVacuumedWhileEmptyIsNotReadForEachTicket() {
        // Connections have plans for their statements by now, and have to make them anew for an empty table.
        syncAndIndex();
        jdbc.sql("DELETE FROM jira_tickets").update();
        jdbc.sql("VACUUM jira_tickets, jira_ticket_payloads, jira_ticket_search, jira_search_queue")
                .update();
        long scanned = scanned();
        long before = scanned + lookedUp();
        syncAndIndex();
        assertThat(scanned() + lookedUp() - before).isLessThan((long) TICKETS * READS);
        assertThat(scanned() - scanned).isLessThan((long) TICKETS * SCANS_OF_THE_TABLE);

        // Now it knows of one project, and takes any other for one of a few tickets.
        jdbc.sql("VACUUM ANALYZE jira_tickets").update();
        scanned = scanned();
        before = scanned + lookedUp();
        syncAndIndex();
        assertThat(scanned() + lookedUp() - before).isLessThan((long) TICKETS * READS);
        assertThat(scanned() - scanned).isLessThan((long) TICKETS * SCANS_OF_THE_TABLE);
    }

    private void syncAndIndex() {
        SimulatedJira jira =
                start(SimulatedJira.Options.cloud().initialIssues(TICKETS).maxPageSize(50));
        assertThat(completed(project(jira), "full").path("ticketsCreated").asInt())
                .isEqualTo(TICKETS);
        // PostgreSQL's own daemon may have looked in the middle of the sync; then the last few are not worth another
        // look.
        long tickets = ticketCount();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(expected()).isGreaterThan(tickets * 3 / 4));
        await().atMost(PATIENCE)
                .until(() -> jdbc.sql("SELECT count(*) FROM jira_search_queue")
                                .query(Long.class)
                                .single()
                        == 0);
    }

    /** How many tickets the planner takes for granted. */
    private long expected() {
        return jdbc.sql("SELECT reltuples::bigint FROM pg_class WHERE oid = 'jira_tickets'::regclass")
                .query(Long.class)
                .single();
    }

    private long ticketCount() {
        return jdbc.sql("SELECT count(*) FROM jira_tickets").query(Long.class).single();
    }

    /** Rows of tickets read by scans of the whole table. */
    private long scanned() {
        return counted("SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = 'jira_tickets'");
    }

    /** Entries of the indexes of tickets read. */
    private long lookedUp() {
        return counted("SELECT sum(idx_tup_read)::bigint FROM pg_stat_user_indexes WHERE relname = 'jira_tickets'");
    }

    /** A connection passes its counts on when it has had nothing to do for a while. */
    private long counted(String statistic) {
        long[] last = {-1};
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(1200))
                .until(() -> jdbc.sql(statistic).query(Long.class).single(), count -> {
                    boolean still = count == last[0];
                    last[0] = count;
                    return still;
                });
    }
}
