package io.atmosfera.integration.jira;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes values as JSON whose keys are in order, so that equal values have equal texts, and as jsonb takes them. */
final class SortedJson {

    private final ObjectMapper json;

    SortedJson(ObjectMapper json) {
        this.json = json.copy()
                .configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true)
                .setDefaultPropertyInclusion(JsonInclude.Include.ALWAYS);
    }

    /** As JSON with sorted keys; a list column that is no list becomes one. */
    String text(JsonNode value, boolean list) {
        if (value.isNull() || value.isMissingNode()) {
            return list ? "[]" : "{}";
        }
        try {
            JsonNode whole = list && !value.isArray() ? json.createArrayNode().add(value) : value;
            if (whole.isEmpty()) {
                return list ? "[]" : whole.isArray() ? "[]" : "{}";
            }
            String plain = list ? plainTexts(whole) : null;
            if (plain != null) {
                return plain;
            }
            String text =
                    json.writeValueAsString(list || isInOrder(whole) ? whole : json.treeToValue(whole, Object.class));
            // jsonb has no NUL, not even an escaped one.
            return text.contains("\\u0000") ? text.replaceAll("(?<!\\\\)((?:\\\\\\\\)*)\\\\u0000", "$1") : text;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree is always writable", e);
        }
    }

    /** Whether the keys are in order already and nothing below has any: the usual case of custom fields. */
    private static boolean isInOrder(JsonNode object) {
        String before = "";
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (member.getKey().compareTo(before) < 0) {
                return false;
            }
            before = member.getKey();
            for (JsonNode inner : member.getValue()) {
                if (inner.isContainerNode()) {
                    return false;
                }
            }
            if (member.getValue().isObject()) {
                return false;
            }
        }
        return object.isObject();
    }

    /** A list of texts without anything to escape, as JSON; null where it is another. The usual case, a writer's cost. */
    private static @Nullable String plainTexts(JsonNode list) {
        StringBuilder json = new StringBuilder("[");
        for (JsonNode member : list) {
            String text = member.textValue();
            if (text == null || !isPlain(text)) {
                return null;
            }
            json.append(json.length() > 1 ? ",\"" : "\"").append(text).append('"');
        }
        return json.append(']').toString();
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }
}
