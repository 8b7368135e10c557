package io.atmosfera.integration.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * JSON as jsonb takes it: PostgreSQL has no place for NUL, not even for an escaped one, and none for half of a
 * surrogate pair.
 */
@Component("storableJson")
public class StorableJson {

    private static final String NUL = "\\u0000";

    /** An escaped NUL, behind any number of escaped backslashes. */
    private static final Pattern ESCAPED_NUL = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u0000");

    private final ObjectMapper json;

    StorableJson(ObjectMapper json) {
        this.json = json;
    }

    /** The text of a tree, without NUL and with U+FFFD for each half of a surrogate pair. */
    public String text(JsonNode tree) {
        try {
            String text = json.writeValueAsString(tree);
            while (text.contains(NUL) && ESCAPED_NUL.matcher(text).find()) {
                text = ESCAPED_NUL.matcher(text).replaceAll("$1");
            }
            return StorableText.clean(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree is always writable", e);
        }
    }
}
