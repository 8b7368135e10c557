package io.atmosfera.integration.jira;

import static io.atmosfera.integration.database.StorableText.clean;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.database.StorableText;
import io.atmosfera.integration.jira.TicketBatch.Aside;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes mapped rows storable: cleans what PostgreSQL refuses, hashes what will be stored, quarantines what cannot be
 * stored. The hash covers the row and nothing else, so what Jira sends beside it (avatars, votes) changes nothing.
 */
@Component("ticketRows")
public class TicketRows {

    /** Columns without an index, which take texts of any length; all others are cut. */
    private static final Set<String> UNINDEXED = Set.of("summary", "description");

    /** Of an issue that cannot be read, so many bytes are kept. */
    private static final int MOST_OF_RAW = 1024 * 1024;

    /** Numbers that a bigint holds. */
    private static final Pattern ID = Pattern.compile("\\d{1,18}");

    private final ObjectMapper json;
    private final SortedJson sorted;

    TicketRows(ObjectMapper json) {
        this.json = json;
        this.sorted = new SortedJson(json);
    }

    /** A page that has ids only: no row, nothing quarantined. */
    public ReadyPage ids(IssuePage page) {
        return TicketBatch.ofIds(page, idsOf(page)).ready(null);
    }

    /** The parameters of {@code sql/jira/issues-compare.sql}. */
    public Map<String, @Nullable Object> comparison(TicketBatch batch, SyncRun run) {
        Map<String, @Nullable Object> parameters = batch.identities();
        run.withoutDiscussions(parameters);
        parameters.put("projectId", run.getProjectId());
        parameters.put("site", run.getSite());
        return parameters;
    }

    /**
     * A batch, ready to be stored: of its rows those that are new or differ. An aggregation strategy.
     *
     * @param differing what {@code sql/jira/issues-compare.sql} found; null for nothing
     */
    public ReadyPage ready(TicketBatch batch, @Nullable String differing) {
        return batch.ready(differing);
    }

    /** The ids of a page's issues. */
    public Long[] idsOf(IssuePage page) {
        List<Long> ids = new ArrayList<>();
        page.issues().forEach(issue -> {
            if (ID.matcher(issue.path("id").asText()).matches()) {
                ids.add(Long.valueOf(issue.path("id").asText()));
            }
        });
        return ids.toArray(Long[]::new);
    }

    /** The batch to store for the rows that the mapping made of a page. */
    public TicketBatch batch(ArrayNode rows, IssuePage page) {
        MessageDigest digest = sha256();
        // Duplicates within a page are possible while issues move; the later one is the newer.
        Map<Long, Integer> byId = new LinkedHashMap<>();
        List<Aside> aside = new ArrayList<>();
        LeftOut leftOut = new LeftOut();
        for (int i = 0; i < rows.size(); i++) {
            JsonNode row = rows.get(i);
            String reason = page.unreadable().getOrDefault(i, reason(row));
            if (reason != null) {
                Aside one = aside(row, reason, page, i);
                aside.removeIf(other -> other.jiraId().equals(one.jiraId()));
                aside.add(one);
            } else {
                byId.put(Long.valueOf(row.path("jiraId").asText()), i);
            }
        }
        int size = byId.size();
        var jiraIds = new Long[size];
        var jiraKeys = new String[size];
        @Nullable String[][] texts = new String[TicketColumns.TEXTS.size()][size];
        @Nullable Long[] created = new Long[size];
        @Nullable Long[] updated = new Long[size];
        @Nullable Long[] jiraUpdated = new Long[size];
        var hashes = new String[size];
        var discussions = new Discussion[size];
        var places = new int[size];
        int at = 0;
        for (Map.Entry<Long, Integer> entry : byId.entrySet()) {
            int index = entry.getValue();
            JsonNode row = rows.get(index);
            jiraIds[at] = entry.getKey();
            jiraKeys[at] = clean(row.path("jiraKey").asText());
            add(digest, jiraKeys[at]);
            // What does not fit its column is left out, and the last of the columns says so.
            for (int column = 0; column < TicketColumns.TEXTS.size(); column++) {
                String text = text(row, TicketColumns.TEXTS.get(column));
                texts[column][at] = text;
                if (isShortened(row.path(TicketColumns.TEXTS.get(column)), text)) {
                    leftOut.shortened(TicketColumns.TEXTS.get(column), jiraKeys[at]);
                }
                add(digest, text);
            }
            created[at] = JiraTime.millis(textOrNull(row.path("createdDate")));
            updated[at] = JiraTime.millis(textOrNull(row.path("updatedDate")));
            add(digest, String.valueOf(created[at]));
            add(digest, String.valueOf(updated[at]));
            jiraUpdated[at] = page.time(index, "updated");
            if (!Objects.equals(jiraUpdated[at], updated[at])) {
                // A mapping of its own hides Jira's time, by which events are told from older ones.
                add(digest, String.valueOf(jiraUpdated[at]));
            }
            hashes[at] = HexFormat.of().formatHex(digest.digest());
            leftOut.note(row);
            discussions[at] = Discussion.of(page.issues().get(index));
            places[at++] = index;
        }
        return new TicketBatch(
                jiraIds,
                jiraKeys,
                texts,
                created,
                updated,
                jiraUpdated,
                hashes,
                discussions,
                leftOut,
                page,
                places,
                List.copyOf(aside),
                TicketBatch.ids(jiraIds, aside),
                rows.size());
    }

    /** The row as it would be stored, for a preview. */
    public JsonNode preview(ArrayNode rows) throws JsonProcessingException {
        JsonNode row = rows.get(0);
        ObjectNode stored = json.createObjectNode();
        stored.put("jiraId", row.path("jiraId").asText());
        stored.put("jiraKey", clean(row.path("jiraKey").asText()));
        for (String column : TicketColumns.TEXTS) {
            String text = text(row, column);
            if (TicketValues.isTyped(column)) {
                stored.set(column, TicketValues.shown(column, text, row.path(column)));
            } else if (text != null && (isList(column) || column.equals("customFields"))) {
                stored.set(column, json.readTree(text));
            } else if (!column.equals(LeftOut.MEMBER)) {
                stored.put(column, text);
            }
        }
        stored.put("createdDate", JiraTime.iso(textOrNull(row.path("createdDate"))));
        stored.put("updatedDate", JiraTime.iso(textOrNull(row.path("updatedDate"))));
        return stored;
    }

    private static boolean isShortened(JsonNode value, @Nullable String text) {
        return text != null
                && text.endsWith(StorableText.CUT)
                && (value.isTextual() ? !clean(value.textValue()).equals(text) : value.isObject());
    }

    private static boolean isList(String column) {
        return TicketValues.LISTS.contains(column);
    }

    private static @Nullable String reason(JsonNode row) {
        if (row.has("error")) {
            return row.path("error").asText();
        }
        if (!ID.matcher(row.path("jiraId").asText()).matches()) {
            return "The issue has no numeric id.";
        }
        for (String required : new String[] {"jiraKey", "summary", "status"}) {
            JsonNode value = row.path(required);
            if (value.isNull() || value.isMissingNode() || value.asText().isBlank()) {
                return "The issue has no " + (required.equals("jiraKey") ? "key" : required)
                        + "; the account may not be allowed to see the field.";
            }
        }
        return StorableText.isTooLongForAnIndex(row.path("jiraKey").asText())
                ? "The issue's key is longer than any of Jira's."
                : null;
    }

    private Aside aside(JsonNode row, String reason, IssuePage page, int index) {
        String payload =
                new String(page.body(), page.begin(index), page.end(index) - page.begin(index), StandardCharsets.UTF_8);
        if (page.unreadable().containsKey(index)) {
            // What cannot be read here cannot be read by those who ask for it: it is shown as a text.
            ObjectNode shown = page.issues().get(index).deepCopy();
            payload = shown.put("raw", StorableText.cut(clean(payload), MOST_OF_RAW))
                    .toString();
        }
        String key = textOrNull(row.path("jiraKey"));
        String id = row.path("jiraId").asText();
        if (!ID.matcher(id).matches() && key != null) {
            // An issue without an id is identified by its key, which Jira accepts in its place.
            id = key;
        }
        return new Aside(StorableText.indexed(id), key == null ? null : clean(key), clean(reason), clean(payload));
    }

    private @Nullable String text(JsonNode row, String column) {
        JsonNode value = row.path(column);
        if (TicketValues.isTyped(column)) {
            return typed(row, column, value);
        }
        if (column.equals(LeftOut.MEMBER)) {
            return LeftOut.fields(row);
        }
        boolean list = isList(column);
        if (list || column.equals("customFields")) {
            return clean(sorted.text(value, list));
        }
        if (value.isNull() || value.isMissingNode()) {
            return null;
        }
        String text = value.isValueNode() ? value.asText() : sorted.text(value, false);
        return UNINDEXED.contains(column) ? clean(text) : StorableText.indexed(text);
    }

    private static @Nullable String typed(JsonNode row, String column, JsonNode value) {
        try {
            return TicketValues.text(column, value);
        } catch (TicketValues.UnfitException unfit) {
            ((ObjectNode) row).withObjectProperty(LeftOut.MEMBER).put(column, unfit.getMessage());
            return column.equals("sprints") ? "[]" : null;
        }
    }

    private static @Nullable String textOrNull(JsonNode value) {
        return value.isNull() || value.isMissingNode() ? null : value.asText();
    }

    private static void add(MessageDigest digest, @Nullable String value) {
        if (value != null) {
            digest.update(value.getBytes(StandardCharsets.UTF_8));
        }
        // A separator that no text holds: NUL is cleaned away, and absent differs from empty.
        digest.update(value == null ? (byte) 1 : (byte) 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
