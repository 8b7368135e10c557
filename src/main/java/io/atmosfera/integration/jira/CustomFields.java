package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The part of the default mapping that needs to know which fields a Jira has: sprints, story points, the epic as parent,
 * and every custom field under Jira's own name.
 */
@Component("customFields")
public class CustomFields {

    /** Custom fields of a ticket. */
    static final int MOST_FIELDS = 200;

    /** Bytes of a ticket's custom fields, as JSON. */
    static final int MOST_BYTES = 64 * 1024;

    /** A character takes at most this many bytes. */
    private static final int BYTES_OF_A_CHARACTER = 6;

    /**
     * Adds to the rows of a page what its issues' custom fields give.
     *
     * @param fields the fields of the Jira that the page is from
     */
    public ArrayNode fill(ArrayNode rows, ArrayNode issues, @Nullable JiraFields fields) {
        JiraFields known = fields == null ? JiraFields.UNKNOWN : fields;
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i) instanceof ObjectNode row
                    && !row.has("error")
                    && issues.get(i).get("fields") instanceof ObjectNode values) {
                fill(row, values, known);
            }
        }
        return rows;
    }

    private static void fill(ObjectNode row, ObjectNode values, JiraFields fields) {
        if (!fields.isKnown()) {
            ObjectNode left = row.withObjectProperty(LeftOut.MEMBER);
            for (String field : List.of("sprints", "storyPoints")) {
                left.put(field, "");
            }
            if (!fields.isMapped()) {
                left.put(LeftOut.ALL_CUSTOM_FIELDS, "");
            }
            return;
        }
        JsonNode sprints = first(values, fields.sprints());
        if (sprints != null) {
            row.set("sprints", FieldValues.sprints(sprints));
        }
        JsonNode points = first(values, fields.storyPoints());
        if (points != null) {
            row.set("storyPoints", points);
        }
        if (row.path("parentKey").isNull()) {
            JsonNode epic = first(values, fields.epicLinks());
            if (epic != null && epic.isTextual()) {
                row.set("parentKey", epic);
            }
        }
        // Only Cloud says of a type how high it is; elsewhere an epic is known by its name, in whatever language.
        if (row.path("hierarchyLevel").asInt() == 0
                && !values.path("issuetype").has("hierarchyLevel")
                && first(values, fields.epicNames()) != null) {
            row.set("hierarchyLevel", IntNode.valueOf(1));
        }
        if (!fields.isMapped()) {
            row.set("customFields", all(row, values, fields));
        }
    }

    private static @Nullable JsonNode first(ObjectNode values, List<String> ids) {
        for (String id : ids) {
            JsonNode value = values.get(id);
            if (value != null
                    && !value.isNull()
                    && !(value.isTextual() && value.asText().isBlank())) {
                return value;
            }
        }
        return null;
    }

    /** Every field that has a value, by name; what is too much is left out, and the row says which. */
    private static ObjectNode all(ObjectNode row, ObjectNode values, JiraFields fields) {
        Map<String, JsonNode> byName = new TreeMap<>();
        for (Map.Entry<String, JsonNode> value : values.properties()) {
            if (!value.getValue().isNull() && JiraFields.isCustom(value.getKey())) {
                JiraFields.Field field = fields.field(value.getKey());
                JsonNode simple = FieldValues.simplified(value.getValue(), field);
                if (simple != null) {
                    byName.put(field.name(), simple);
                }
            }
        }
        ObjectNode kept = row.objectNode();
        if (byName.size() <= MOST_FIELDS && mostBytes(byName) <= MOST_BYTES) {
            kept.setAll(byName);
            return kept;
        }
        ArrayNode tooMuch = row.arrayNode();
        int bytes = 2;
        for (Map.Entry<String, JsonNode> value : byName.entrySet()) {
            int size = bytes(TextNode.valueOf(value.getKey())) + bytes(value.getValue()) + 2;
            if (kept.size() < MOST_FIELDS && bytes + size <= MOST_BYTES) {
                kept.set(value.getKey(), value.getValue());
                bytes += size;
            } else {
                tooMuch.add(value.getKey());
            }
        }
        if (!tooMuch.isEmpty()) {
            row.set(LeftOut.TOO_MUCH, tooMuch);
        }
        return kept;
    }

    /** No less than the members take as JSON: cheap to tell, and enough for nearly every ticket. */
    private static long mostBytes(Map<String, JsonNode> members) {
        long most = 2;
        for (Map.Entry<String, JsonNode> member : members.entrySet()) {
            most += (long) member.getKey().length() * BYTES_OF_A_CHARACTER + 4 + mostBytes(member.getValue());
        }
        return most;
    }

    private static long mostBytes(JsonNode value) {
        if (value.isTextual()) {
            return (long) value.textValue().length() * BYTES_OF_A_CHARACTER + 2;
        }
        return value.isContainerNode() ? (long) bytes(value) : value.asText().length();
    }

    private static int bytes(JsonNode value) {
        return value.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
