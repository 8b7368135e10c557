package io.atmosfera.integration.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last row of a page, from which the next page goes on.
 *
 * @param order the order of the list: a field, with - for descending
 * @param value the row's value of that field
 * @param tie   the row's unique number
 * @param then  the row's value of the field that orders equal values, where the list has one
 */
record Cursor(String order, @Nullable String value, long tie, @Nullable String then) {

    private static final int WITHOUT_THEN = 3;
    private static final int WITH_THEN = 4;

    /**
     * Reads the cursor of a request; null where it has none.
     *
     * @throws ProblemException 400, for a text that no list gave
     */
    static @Nullable Cursor read(@Nullable String text, ObjectMapper json) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            JsonNode parts = json.readTree(Base64.getUrlDecoder().decode(text));
            if (parts.isArray()
                    && (parts.size() == WITHOUT_THEN || parts.size() == WITH_THEN)
                    && parts.get(2).isIntegralNumber()) {
                return new Cursor(
                        parts.get(0).asText(),
                        parts.get(1).isNull() ? null : parts.get(1).asText(),
                        parts.get(2).asLong(),
                        parts.size() == WITH_THEN ? parts.get(WITHOUT_THEN).asText() : null);
            }
        } catch (IllegalArgumentException | IOException notOurs) {
            // Falls through to the same answer: a cursor is ours or it is not.
        }
        throw notOurs();
    }

    /** The Link header to the page behind the cursor. */
    String link(String path, @Nullable String query, ObjectMapper json) {
        StringBuilder link = new StringBuilder("<").append(path).append('?');
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                if (!pair.isEmpty() && !pair.startsWith("cursor=")) {
                    link.append(pair).append('&');
                }
            }
        }
        return link.append("cursor=")
                .append(URLEncoder.encode(write(json), StandardCharsets.UTF_8))
                .append(">; rel=\"next\"")
                .toString();
    }

    private String write(ObjectMapper json) {
        List<@Nullable Object> parts = new ArrayList<>();
        parts.add(order);
        parts.add(value);
        parts.add(tie);
        if (then != null) {
            parts.add(then);
        }
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(json.writeValueAsBytes(parts));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A cursor is always writable", e);
        }
    }

    static ProblemException notOurs() {
        return ProblemException.invalid(
                "cursor", "is none that this list gave; take it from the Link header of the page before");
    }
}
