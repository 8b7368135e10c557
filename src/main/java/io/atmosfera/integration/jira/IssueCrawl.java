package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.sync.PreparedPage;
import org.jspecify.annotations.Nullable;

/** How far a sync has come with its issues: what its pages have brought, folded in their order. Getters for routes and SQL. */
public final class IssueCrawl {

    private static final String STORE = "jira-store-issues";
    private static final String STREAM = "issues";
    private static final String STARTED = "startedMs";
    private static final String LATEST = "latestMs";
    private static final String LAST_CREATED = "lastCreatedMs";
    private static final String LEFT_OUT = "leftOut";

    private final SyncRun run;
    private final ObjectMapper json;
    private JsonNode checkpoint;
    private int pages;
    private @Nullable Integer expected;

    /**
     * A crawl that begins, or resumes at the run's checkpoint.
     *
     * @param pages how many pages the sync has stored before
     */
    IssueCrawl(SyncRun run, int pages, ObjectMapper json) {
        this.run = run;
        this.pages = pages;
        this.json = json;
        this.checkpoint = run.getCheckpoint();
    }

    SyncRun run() {
        return run;
    }

    /** Notes how many issues there are, if Jira says so. */
    void expect(@Nullable Integer counted) {
        expected = counted == null ? expected : counted;
    }

    /**
     * The page whose turn it is to be stored.
     *
     * @param next where the crawl resumes behind it; null at the end
     */
    PreparedPage page(ReadyPage ready, @Nullable SearchRequest next) {
        pages++;
        Integer total = ready.page().total();
        expect(run.isCounting() ? total : null);
        checkpoint = checkpoint(ready, next);
        JsonNode leftOut = checkpoint.path(LEFT_OUT);
        String warnings =
                leftOut.isEmpty() ? null : LeftOut.warnings(leftOut, json).toString();
        return new PreparedPage(
                STORE, "", STREAM, new IssueRows(run, ready, pages, warnings), checkpoint.toString(), 0, expected);
    }

    private JsonNode checkpoint(ReadyPage ready, @Nullable SearchRequest next) {
        IssuePage page = ready.page();
        TicketBatch batch = ready.batch();
        ObjectNode reached = json.createObjectNode();
        reached.put("mode", run.getMode());
        // By Jira's clock if it says the time, so that a clock of ours that goes ahead hides nothing.
        long now = page.serverMs() == null ? run.getStartedMs() : Math.min(page.serverMs(), run.getStartedMs());
        reached.put(STARTED, checkpoint.path(STARTED).asLong(now));
        reached.put(LATEST, Math.max(checkpoint.path(LATEST).asLong(), batch.latestUpdate()));
        Long lastCreated = batch.lastCreated();
        if (lastCreated != null) {
            reached.put(LAST_CREATED, lastCreated);
        }
        SearchRequest position = next == null ? run.getFirst() : next;
        if (position != null) {
            position.noteIn(reached);
        }
        JsonNode leftOut = batch.leftOut().addedTo(checkpoint.path(LEFT_OUT), json);
        if (!leftOut.isEmpty()) {
            reached.set(LEFT_OUT, leftOut);
        }
        reached.put("walked", next == null);
        return reached;
    }

    /**
     * Whether tickets may have slipped through between two pages of a full crawl. Cloud's page tokens can be mere
     * offsets: if an issue vanishes from a page that was read, the first of a later page moves onto it. Nothing in
     * the pages tells, but that Jira counts other than before, or that issues came in meanwhile, which would hide it.
     */
    boolean mayHaveShifted(@Nullable Integer counted, long seen) {
        if (run.getIds() == null || (pages <= 1 && !run.isResumed())) {
            return false;
        }
        return run.isResumed()
                || expected == null
                || counted == null
                || !expected.equals(counted)
                || seen < counted
                || checkpoint.path(LAST_CREATED).asLong()
                        >= checkpoint.path(STARTED).asLong();
    }

    /**
     * Up to where everything is known at the end: what changed during the crawl may have been passed by, so never beyond
     * its start, nor beyond the latest change seen, in case the clocks differ.
     */
    public long getCursor() {
        long latest = checkpoint.path(LATEST).asLong();
        long started = checkpoint.path(STARTED).asLong();
        return latest == 0 ? started : Math.min(latest, started);
    }
}
