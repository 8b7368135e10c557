package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sync that this instance has claimed: what it crawls, from where, and what it may do at its end. Getters in the bean
 * style, for routes and SQL.
 */
public final class SyncRun {

    /** What a crawl is for; decides what happens with its pages and at its end. */
    public enum Mode {
        /** Every issue of the scope; a reconciliation follows, and the cursor is set. */
        FULL,
        /** What changed since the cursor, which then moves on. */
        INCREMENTAL,
        /** Somebody's own JQL: rows are stored, nothing else follows. */
        MANUAL,
        /** Only the ids of the scope; a reconciliation follows. */
        CENSUS,
        /** The kept payloads through the present mapping; Jira is not asked. */
        REPLAY
    }

    private final long syncId;
    private final long projectId;
    private final @Nullable Integer site;
    private final Mode mode;
    private final JiraConnection connection;
    private final JsonNode fieldMappings;
    private final String fingerprint;
    private final long startedMs;
    private final boolean confirmDeletions;
    private final @Nullable SearchRequest first;
    private final JsonNode checkpoint;
    private JiraFields fields = JiraFields.UNKNOWN;

    SyncRun(
            long syncId,
            long projectId,
            @Nullable Integer site,
            Mode mode,
            JiraConnection connection,
            JsonNode fieldMappings,
            String fingerprint,
            long startedMs,
            boolean confirmDeletions,
            @Nullable SearchRequest first,
            JsonNode checkpoint) {
        this.syncId = syncId;
        this.projectId = projectId;
        this.site = site;
        this.mode = mode;
        this.connection = connection;
        this.fieldMappings = fieldMappings;
        this.fingerprint = fingerprint;
        this.startedMs = startedMs;
        this.confirmDeletions = confirmDeletions;
        this.first = first;
        this.checkpoint = checkpoint;
    }

    public long getSyncId() {
        return syncId;
    }

    public long getProjectId() {
        return projectId;
    }

    /** Which of the project's sites the connection leads to; null where nobody has looked yet. */
    public @Nullable Integer getSite() {
        return site;
    }

    public String getMode() {
        return mode.name();
    }

    public JiraConnection getConnection() {
        return connection;
    }

    public JsonNode getFieldMappings() {
        return fieldMappings;
    }

    /** The custom fields of its Jira, as far as they are known. */
    public JiraFields getFields() {
        return fields;
    }

    /** The same run, with what is known of its Jira's fields; said before anything is mapped. */
    SyncRun with(JiraFields known) {
        this.fields = known;
        return this;
    }

    /** Whether Jira is asked for its fields: by each regular sync, so that new and renamed ones are known soon. */
    public boolean isAskingForFields() {
        return mode == Mode.FULL || mode == Mode.INCREMENTAL || (mode != Mode.CENSUS && !fields.isKnown());
    }

    /** Whether comments and worklogs come with its issues; kept payloads are older than what events have said since. */
    boolean hasDiscussions() {
        return mode != Mode.REPLAY;
    }

    /** Leaves comments and worklogs out of the parameters of a statement, if they do not come with its issues. */
    void withoutDiscussions(Map<String, @Nullable Object> parameters) {
        if (!hasDiscussions()) {
            for (String part : new String[] {"commentsHashes", "worklogsHashes", "discussions"}) {
                parameters.computeIfPresent(part, (name, texts) -> new String[((Object[]) texts).length]);
            }
        }
    }

    public String getFingerprint() {
        return fingerprint;
    }

    public long getStartedMs() {
        return startedMs;
    }

    public boolean isConfirmDeletions() {
        return confirmDeletions;
    }

    public @Nullable SearchRequest getFirst() {
        return first;
    }

    public JsonNode getCheckpoint() {
        return checkpoint;
    }

    /** Where to ask for the ids of the scope once more, to find what slipped through; null where that cannot be. */
    public @Nullable SearchRequest getIds() {
        return mode == Mode.FULL && connection.isCloud() && first != null
                ? SearchRequest.first(syncId, connection, connection.crawl(), SyncRuns.CENSUS_PAGE, true)
                : null;
    }

    /** Whether it goes on from a checkpoint. */
    boolean isResumed() {
        return checkpoint.has("jql");
    }

    /** Whether the ids of its pages are kept for a reconciliation. */
    public boolean isCounting() {
        return mode == Mode.FULL || mode == Mode.CENSUS;
    }

    /** Whether it has crawled all pages already and was cut off afterwards. */
    public boolean isWalked() {
        return checkpoint.path("walked").asBoolean();
    }
}
