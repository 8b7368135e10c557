package io.atmosfera.integration.jira;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.jira.SyncRun.Mode;
import io.atmosfera.integration.sync.SyncLeases;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Plans what a claimed sync does, and says after each page where it would have to go on. */
@Component("syncRuns")
public class SyncRuns {

    static final int CENSUS_PAGE = 5000;

    /** Pages of large issues get smaller, so that memory does not depend on what people write into tickets. */
    private static final int PAGE_BYTES = 8 * 1024 * 1024;

    private final JiraProperties properties;
    private final JiraFailures failures;
    private final SyncLeases leases;
    private final ObjectMapper json;
    private final Clock clock;
    private final JiraFieldLists fields;

    SyncRuns(
            JiraProperties properties,
            JiraFailures failures,
            SyncLeases leases,
            ObjectMapper json,
            Clock clock,
            JiraFieldLists fields) {
        this.fields = fields;
        this.failures = failures;
        this.properties = properties;
        this.leases = leases;
        this.json = json;
        this.clock = clock;
    }

    public int getDefaultIntervalMinutes() {
        return properties.defaultSyncInterval();
    }

    public long getCensusSeconds() {
        return properties.censusInterval().toSeconds();
    }

    /** The claim with what earlier syncs of the project have found out, the row of {@code sql/jira/sync-known.sql}. */
    public Map<String, Object> known(Map<String, Object> claim, @Nullable Map<String, Object> found) {
        Map<String, Object> known = new HashMap<>(claim);
        if (found != null) {
            known.putAll(found);
        }
        return known;
    }

    /**
     * The plan for a sync, from what the claiming statement gave and what is known.
     *
     * @param row the rows of {@code sql/sync/claim.sql} and {@code sql/jira/sync-known.sql}
     */
    public SyncRun plan(Map<String, Object> row) {
        JsonNode config = tree(row.get("config"));
        JsonNode checkpoint = tree(row.get("checkpoint"));
        long syncId = ((Number) require(row, "id")).longValue();
        JiraConnection connection = JiraConnection.of(
                        String.valueOf(row.get("config_id")), config, String.valueOf(row.get("deployment")))
                .of((String) row.get("jira_project_id"), (String) row.get("jira_project_key"));
        String fingerprint = fingerprint(connection);
        Long cursor = (Long) row.get("cursor_ms");
        boolean known = cursor != null && fingerprint.equals(row.get("fingerprint"));
        Mode mode = checkpoint.has("mode")
                ? Mode.valueOf(checkpoint.path("mode").asText())
                : mode(String.valueOf(row.get("sync_type")), row.get("purpose"), known);
        SearchRequest first = mode == Mode.REPLAY
                ? null
                : checkpoint.has("jql")
                        ? resumed(syncId, connection, checkpoint, mode)
                        : SearchRequest.first(
                                syncId,
                                connection,
                                jql(mode, connection, cursor, (String) row.get("requested_jql")),
                                mode == Mode.CENSUS ? CENSUS_PAGE : properties.batchSize(),
                                mode == Mode.CENSUS);
        return new SyncRun(
                        syncId,
                        ((Number) require(row, "project_id")).longValue(),
                        ((Number) require(row, "site")).intValue(),
                        mode,
                        connection,
                        config.path("fieldMappings"),
                        fingerprint,
                        checkpoint.path("startedMs").asLong(clock.millis()),
                        Boolean.TRUE.equals(row.get("confirm_deletions")),
                        first,
                        checkpoint)
                .with(fields.of(connection, config));
    }

    private static Mode mode(String syncType, @Nullable Object purpose, boolean known) {
        if ("census".equals(purpose)) {
            return Mode.CENSUS;
        }
        return switch (syncType) {
            case "full" -> Mode.FULL;
            case "manual", "webhook" -> Mode.MANUAL;
            case "replay" -> Mode.REPLAY;
            // Without a cursor that is true for this site and JQL, only a full walk misses nothing.
            default -> known ? Mode.INCREMENTAL : Mode.FULL;
        };
    }

    private String jql(Mode mode, JiraConnection connection, @Nullable Long cursor, @Nullable String requested) {
        if (mode == Mode.MANUAL && requested != null) {
            return JiraConnection.unordered(requested) + JiraConnection.STABLE_ORDER;
        }
        if (mode == Mode.INCREMENTAL && cursor != null) {
            // Epoch milliseconds have no time zone, and without an upper bound no busy issue slips through.
            long since = Math.max(0, cursor - properties.overlap().toMillis());
            String scope = connection.jql() == null ? connection.scope() : "(" + connection.scope() + ")";
            return scope + " AND updated >= " + since + JiraConnection.STABLE_ORDER;
        }
        return connection.walk();
    }

    private SearchRequest resumed(long syncId, JiraConnection connection, JsonNode checkpoint, Mode mode) {
        return new SearchRequest(
                syncId,
                connection,
                checkpoint.path("jql").asText(),
                checkpoint.path("size").asInt(properties.batchSize()),
                mode == Mode.CENSUS,
                checkpoint.path("token").isTextual() ? checkpoint.path("token").asText() : null,
                checkpoint.path("startAt").asLong(),
                checkpoint.path("total").isInt() ? checkpoint.path("total").asInt() : null);
    }

    /**
     * A resumed walk whose page token Jira no longer takes, begun again where its last page ended.
     *
     * @throws JiraException any other failure of a page
     */
    public SearchRequest withoutToken(SyncRun run, SearchRequest refused, Throwable failure) throws Throwable {
        Throwable cause = failures.cause(failure);
        boolean forgotten = cause instanceof JiraRefusalException refusal
                && refusal.reason() == JiraRefusalException.Reason.BAD_REQUEST
                && refused.token() != null
                && refused.equals(run.getFirst());
        if (!forgotten) {
            throw cause;
        }
        JsonNode lastCreated = run.getCheckpoint().path("lastCreatedMs");
        String jql = refused.jql();
        if (lastCreated.isNumber()) {
            String scope = JiraConnection.unordered(jql);
            jql = "(" + scope + ") AND created >= " + lastCreated.asLong() + JiraConnection.STABLE_ORDER;
        }
        return SearchRequest.first(refused.syncId(), refused.connection(), jql, refused.size(), refused.idsOnly());
    }

    /**
     * Whether tickets may have slipped through between two pages of a full walk. Cloud's page tokens can be mere
     * offsets: where an issue vanishes from a page that was read, the first of a later page moves onto it. Nothing in
     * the pages tells, but that Jira counts other than before, or that issues came in meanwhile, which would hide it.
     *
     * @param expected what Jira counted when the walk began
     * @param counted  what it counted at the end
     * @param seen     how many issues the pages have brought
     */
    public boolean mayHaveShifted(
            SyncRun run,
            JsonNode checkpoint,
            int pages,
            @Nullable Integer expected,
            @Nullable Integer counted,
            long seen) {
        if (run.getIds() == null || (pages <= 1 && !run.isResumed())) {
            return false;
        }
        return run.isResumed()
                || expected == null
                || counted == null
                || !expected.equals(counted)
                || seen < counted
                || checkpoint.path("lastCreatedMs").asLong()
                        >= checkpoint.path("startedMs").asLong();
    }

    /** The request for the page after this one, or null at the end. */
    public @Nullable SearchRequest next(SearchRequest request, IssuePage page) {
        return request.after(page, size(request, page));
    }

    private int size(SearchRequest request, IssuePage page) {
        if (request.idsOnly() || page.body().length <= PAGE_BYTES) {
            return request.size();
        }
        return Math.max(1, (int) ((long) request.size() * PAGE_BYTES / page.body().length));
    }

    /** What has to be known to go on after a page, as JSON. */
    public JsonNode checkpoint(SyncRun run, JsonNode before, ReadyPage ready, @Nullable SearchRequest next) {
        IssuePage page = ready.page();
        TicketBatch batch = ready.batch();
        ObjectNode checkpoint = json.createObjectNode();
        checkpoint.put("mode", run.getMode());
        // By Jira's clock where it tells, so that a clock of ours that goes ahead hides nothing.
        long now = page.serverMs() == null ? run.getStartedMs() : Math.min(page.serverMs(), run.getStartedMs());
        checkpoint.put("startedMs", before.path("startedMs").asLong(now));
        checkpoint.put("latestMs", Math.max(before.path("latestMs").asLong(), batch.latestUpdate()));
        Long lastCreated = batch.lastCreated();
        if (lastCreated != null) {
            checkpoint.put("lastCreatedMs", lastCreated);
        }
        SearchRequest position = next == null ? run.getFirst() : next;
        if (position != null) {
            checkpoint.put("jql", position.jql());
            checkpoint.put("size", position.size());
            checkpoint.put("token", position.token());
            checkpoint.put("startAt", position.startAt());
            if (position.total() != null) {
                checkpoint.put("total", position.total());
            }
        }
        JsonNode leftOut = batch.leftOut().addedTo(before.path("leftOut"), json);
        if (!leftOut.isEmpty()) {
            checkpoint.set("leftOut", leftOut);
        }
        checkpoint.put("walked", next == null);
        return checkpoint;
    }

    /** The parameters of {@code sql/jira/page-compare.sql}. */
    public Map<String, @Nullable Object> compareParameters(SyncRun run, TicketBatch batch) {
        Map<String, @Nullable Object> parameters = batch.identities();
        withoutDiscussions(run, parameters);
        parameters.put("projectId", run.getProjectId());
        parameters.put("site", run.getSite());
        return parameters;
    }

    /** The parameters of {@code sql/jira/page-store.sql}, by their names: evaluating each by itself costs more than mapping. */
    public Map<String, @Nullable Object> storeParameters(
            SyncRun run, ReadyPage ready, JsonNode checkpoint, int pageNumber, @Nullable Integer expected) {
        Map<String, @Nullable Object> parameters = new HashMap<>(ready.columns());
        withoutDiscussions(run, parameters);
        JsonNode leftOut = checkpoint.path("leftOut");
        parameters.put(
                "mappingWarnings",
                leftOut.isEmpty() ? null : LeftOut.warnings(leftOut, json).toString());
        parameters.put("syncId", run.getSyncId());
        parameters.put("projectId", run.getProjectId());
        parameters.put("site", run.getSite());
        parameters.put("counting", run.isCounting());
        parameters.put("telling", run.getMode().equals(Mode.INCREMENTAL.name()));
        parameters.put("owner", leases.getOwner());
        parameters.put("leaseSeconds", leases.getLeaseSeconds());
        parameters.put("checkpoint", checkpoint.toString());
        parameters.put("pageNumber", pageNumber);
        parameters.put("expected", expected);
        return parameters;
    }

    private static void withoutDiscussions(SyncRun run, Map<String, @Nullable Object> parameters) {
        if (!run.hasDiscussions()) {
            for (String part : new String[] {"commentsHashes", "worklogsHashes", "discussions"}) {
                parameters.computeIfPresent(part, (name, texts) -> new String[((Object[]) texts).length]);
            }
        }
    }

    /**
     * Up to where everything is known when the walk has ended: what changed while we walked may have been passed by, so
     * never beyond its start, nor beyond the latest change seen, in case the clocks differ.
     */
    public long cursor(JsonNode checkpoint) {
        long latest = checkpoint.path("latestMs").asLong();
        long started = checkpoint.path("startedMs").asLong();
        return latest == 0 ? started : Math.min(latest, started);
    }

    private static String fingerprint(JiraConnection connection) {
        String text = connection.baseUrl() + '\n' + connection.scope();
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private JsonNode tree(@Nullable Object text) {
        try {
            return text == null ? json.createObjectNode() : json.readTree(text.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("jsonb is always JSON", e);
        }
    }

    private static Object require(Map<String, Object> row, String column) {
        Object value = row.get(column);
        if (value == null) {
            throw new IllegalStateException("The claim gave no " + column);
        }
        return value;
    }
}
