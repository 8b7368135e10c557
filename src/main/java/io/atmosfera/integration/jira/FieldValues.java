package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Jira's values of custom fields come down to: options are their values, people their names, lists lists. */
final class FieldValues {

    /** Data Center writes a sprint as an old Java object printed itself. */
    private static final Pattern PRINTED_SPRINT = Pattern.compile("(?:^|[\\[,])(name|state)=(.*?)(?=,[A-Za-z]+=|]$)");

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private FieldValues() {}

    /** The value, simplified; null where there is nothing in it. */
    static @Nullable JsonNode simplified(JsonNode value, JiraFields.Field field) {
        JsonNode simple = field.isAgile("gh-sprint") ? names(sprints(value)) : simple(value, field);
        return isEmpty(simple) ? null : simple;
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isNull()
                || value.isMissingNode()
                || (value.isContainerNode() && value.isEmpty())
                // Jira's "Development" field is the text "{}" while it is empty.
                || (value.isTextual()
                        && (value.asText().isBlank() || value.asText().equals("{}")));
    }

    private static JsonNode simple(JsonNode value, JiraFields.Field field) {
        if (value.isArray()) {
            ArrayNode list = NODES.arrayNode(value.size());
            for (JsonNode member : value) {
                JsonNode simple = simple(member, field);
                if (!isEmpty(simple)) {
                    list.add(simple);
                }
            }
            return list;
        }
        if (value.isTextual()) {
            return text(value, field);
        }
        return value.isObject() ? ofObject(value) : value;
    }

    private static JsonNode text(JsonNode value, JiraFields.Field field) {
        if (field.type().equals("datetime")) {
            String iso = JiraTime.iso(value.asText());
            return iso == null ? value : TextNode.valueOf(iso);
        }
        return value;
    }

    private static JsonNode ofObject(JsonNode value) {
        if (value.path("type").asText().equals("doc") && value.has("content")) {
            return TextNode.valueOf(AdfText.of(value));
        }
        if (value.path("value").isValueNode() && !value.path("value").isNull()) {
            JsonNode child = value.path("child").path("value");
            return child.isValueNode() && !child.isNull()
                    ? TextNode.valueOf(value.path("value").asText() + " > " + child.asText())
                    : value.get("value");
        }
        for (String label : new String[] {"displayName", "name", "title", "key"}) {
            if (value.path(label).isTextual() && !hasMore(value)) {
                return value.get(label);
            }
        }
        return value;
    }

    /** Whether an object says more than a label could. */
    private static boolean hasMore(JsonNode object) {
        for (var member : object.properties()) {
            if (member.getValue().isContainerNode() && !member.getKey().equals("avatarUrls")) {
                return true;
            }
        }
        return false;
    }

    /** Sprints as names and states, in Jira's order. */
    static ArrayNode sprints(JsonNode value) {
        ArrayNode sprints = NODES.arrayNode();
        Iterable<JsonNode> given = value.isArray() ? value : NODES.arrayNode().add(value);
        for (JsonNode sprint : given) {
            if (sprint.isObject() && sprint.path("name").isTextual()) {
                add(sprints, sprint.path("name").asText(), sprint.path("state").asText(null));
            } else if (sprint.isTextual()) {
                printed(sprints, sprint.asText());
            }
        }
        return sprints;
    }

    private static void printed(ArrayNode sprints, String text) {
        String name = null;
        String state = null;
        Matcher member = PRINTED_SPRINT.matcher(text.strip());
        while (member.find()) {
            if (member.group(1).equals("name")) {
                name = member.group(2);
            } else {
                state = member.group(2);
            }
        }
        if (name != null) {
            add(sprints, name, state);
        }
    }

    private static void add(ArrayNode sprints, String name, @Nullable String state) {
        ObjectNode sprint = sprints.addObject().put("name", name);
        sprint.set("state", state == null ? NullNode.getInstance() : TextNode.valueOf(state.toLowerCase(Locale.ROOT)));
    }

    private static ArrayNode names(ArrayNode sprints) {
        ArrayNode names = NODES.arrayNode(sprints.size());
        sprints.forEach(sprint -> names.add(sprint.get("name")));
        return names;
    }
}
