package io.atmosfera.integration.jira;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atmosfera.integration.jira.SyncRun.Mode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Plans what a claimed sync does. */
@Component("syncRuns")
public class SyncRuns {

    static final int CENSUS_PAGE = 5000;

    private final JiraProperties properties;
    private final ObjectMapper json;
    private final Clock clock;
    private final JiraFieldLists fields;

    SyncRuns(JiraProperties properties, ObjectMapper json, Clock clock, JiraFieldLists fields) {
        this.fields = fields;
        this.properties = properties;
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
            // Without a cursor that is true for this site and JQL, only a full crawl misses nothing.
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
        return connection.crawl();
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
