package io.atmosfera.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request as it arrived.
 *
 * @param path the decoded path, without the query
 * @param query the decoded query parameters, in order
 * @param headers the headers; names are looked up without regard to case
 */
public record RecordedRequest(
        String method,
        String path,
        Map<String, List<String>> query,
        Map<String, List<String>> headers,
        String body,
        Instant at) {

    /** The first value of a query parameter, or else of the JSON body's field of that name, as text. */
    public @Nullable String parameter(String name) {
        List<String> values = query.get(name);
        if (values != null && !values.isEmpty()) {
            return values.get(0);
        }
        JsonNode value = json().path(name);
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }

    /** The first value of a header. */
    public @Nullable String header(String name) {
        List<String> values = headers.get(name);
        return values == null || values.isEmpty() ? null : values.get(0);
    }

    /** The body as JSON; a missing node if there is none or it does not parse. */
    public JsonNode json() {
        return Json.readOrMissing(body);
    }
}
