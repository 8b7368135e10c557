package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.database.StorableText;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the mapping of a page left out, for the warnings of its sync: of each field how many tickets, one of their keys,
 * and why. An optional field that cannot be had costs that field; its ticket is stored all the same.
 */
final class LeftOut {

    /** Member of a mapped row: the fields that stay as they were, each with the reason; an empty one goes without saying. */
    static final String MEMBER = "leftOut";

    /** Member of a mapped row: the custom fields that are beyond the limits. */
    static final String TOO_MUCH = "tooMuch";

    /** Stands for each custom field of Jira's. */
    static final String ALL_CUSTOM_FIELDS = "customFields.*";

    /** The warnings about mappings in a sync's log. */
    static final String CODE = "field-mapping";

    private static final String LIMIT = "limit";

    /** Before the name of a column whose text was too long for it. */
    private static final String SHORTENED = "shortened:";

    private static final int MOST_NAMES = 20;
    private static final int MOST_OF_A_REASON = 300;

    private static final class Notice {
        private int tickets;
        private final String example;
        private final String reason;
        private final Set<String> names = new LinkedHashSet<>();

        Notice(String example, String reason) {
            this.example = example;
            this.reason = reason;
        }
    }

    private final Map<String, Notice> notices = new LinkedHashMap<>();

    /** Notes what a row was left out of. */
    void note(JsonNode row) {
        String key = StorableText.clean(row.path("jiraKey").asText());
        for (Map.Entry<String, JsonNode> field : row.path(MEMBER).properties()) {
            String reason = field.getValue().asText();
            if (!reason.isEmpty()) {
                notices.computeIfAbsent(field.getKey(), any -> new Notice(key, cut(StorableText.clean(reason))))
                        .tickets++;
            }
        }
        if (row.has(TOO_MUCH)) {
            Notice notice = notices.computeIfAbsent(LIMIT, any -> new Notice(key, ""));
            notice.tickets++;
            row.path(TOO_MUCH).forEach(name -> {
                if (notice.names.size() < MOST_NAMES) {
                    notice.names.add(name.asText());
                }
            });
        }
    }

    /** Notes a text that is stored without its end. */
    void shortened(String column, String key) {
        notices.computeIfAbsent(SHORTENED + column, any -> new Notice(key, "")).tickets++;
    }

    /** The fields of a row that stay as they were, as PostgreSQL's text of a list; null for none. */
    static @Nullable String fields(JsonNode row) {
        JsonNode left = row.path(MEMBER);
        if (left.isEmpty()) {
            return null;
        }
        StringBuilder list = new StringBuilder("{");
        Set<String> sorted = new TreeSet<>();
        left.fieldNames().forEachRemaining(sorted::add);
        for (String field : sorted) {
            list.append(list.length() > 1 ? ",\"" : "\"")
                    .append(field.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
        return list.append('}').toString();
    }

    /** What was left out up to now: what pages before said, with what this page adds. */
    JsonNode addedTo(JsonNode before, ObjectMapper json) {
        if (notices.isEmpty()) {
            return before;
        }
        ObjectNode sum = before instanceof ObjectNode some ? some.deepCopy() : json.createObjectNode();
        notices.forEach((field, notice) -> {
            ObjectNode of = sum.withObjectProperty(field);
            of.put("tickets", of.path("tickets").asInt() + notice.tickets);
            if (!of.has("example")) {
                of.put("example", notice.example).put("reason", notice.reason);
            }
            if (!notice.names.isEmpty()) {
                Set<String> names = new LinkedHashSet<>();
                of.path("names").forEach(name -> names.add(name.asText()));
                names.addAll(notice.names);
                ArrayNode some = of.putArray("names");
                names.stream().limit(MOST_NAMES).forEach(some::add);
            }
        });
        return sum;
    }

    /** The warnings of a sync: code and message, one a field. */
    static ArrayNode warnings(JsonNode sum, ObjectMapper json) {
        ArrayNode warnings = json.createArrayNode();
        for (Map.Entry<String, JsonNode> field : sum.properties()) {
            warnings.addObject().put("code", CODE).put("message", message(field.getKey(), field));
        }
        return warnings;
    }

    private static String message(String name, Map.Entry<String, JsonNode> field) {
        if (name.startsWith(SHORTENED)) {
            return name.substring(SHORTENED.length()) + " is longer than " + StorableText.MOST_INDEXED_BYTES
                    + " bytes and was stored without its end for " + tickets(field.getValue()) + ".";
        }
        return name.equals(LIMIT) ? beyond(field.getValue()) : unfit(field);
    }

    private static String unfit(Map.Entry<String, JsonNode> field) {
        JsonNode of = field.getValue();
        return field.getKey() + " could not be mapped for " + tickets(of) + " and was left as it was: "
                + of.path("reason").asText();
    }

    private static String beyond(JsonNode of) {
        StringBuilder names = new StringBuilder();
        of.path("names")
                .forEach(name -> names.append(names.isEmpty() ? "" : ", ").append(name.asText()));
        return "A ticket keeps at most " + CustomFields.MOST_FIELDS + " custom fields and "
                + CustomFields.MOST_BYTES / 1024 + " KB of them; left out for " + tickets(of) + ": " + names;
    }

    private static String tickets(JsonNode of) {
        int count = of.path("tickets").asInt();
        return count + (count == 1 ? " ticket (" : " tickets (for example ")
                + of.path("example").asText() + ")";
    }

    private static String cut(String text) {
        return text.length() <= MOST_OF_A_REASON ? text : text.substring(0, MOST_OF_A_REASON) + "…";
    }
}
