package io.atmosfera.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer before it is put on the wire. */
public record Reply(int status, Map<String, String> headers, String contentType, String body) {

    public static final String JSON = "application/json;charset=UTF-8";
    public static final String HTML = "text/html;charset=UTF-8";

    public static Reply json(int status, JsonNode body) {
        return of(status, JSON, Json.write(body));
    }

    public static Reply of(int status, String contentType, String body) {
        return new Reply(status, Map.of(), contentType, body);
    }

    public static Reply noContent() {
        return of(204, JSON, "");
    }

    public Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, contentType, body);
    }

    public Reply withBody(String otherBody) {
        return new Reply(status, headers, contentType, otherBody);
    }
}
