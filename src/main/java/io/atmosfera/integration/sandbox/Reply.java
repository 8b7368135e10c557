package io.atmosfera.integration.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer before it is put on the wire. */
record Reply(int status, Map<String, String> headers, String contentType, String body) {

    static final String JSON = "application/json;charset=UTF-8";
    static final String HTML = "text/html;charset=UTF-8";

    static Reply json(int status, JsonNode body) {
        return of(status, JSON, Json.write(body));
    }

    static Reply of(int status, String contentType, String body) {
        return new Reply(status, Map.of(), contentType, body);
    }

    static Reply noContent() {
        return of(204, JSON, "");
    }

    /** Jira's usual error body. */
    static Reply errors(int status, String... messages) {
        ObjectNode body = Json.object();
        ArrayNode list = body.putArray("errorMessages");
        for (String message : messages) {
            list.add(message);
        }
        body.putObject("errors");
        return json(status, body);
    }

    /** The body of a refused JQL query, which has warnings in place of field errors. */
    static Reply jqlError(String message) {
        ObjectNode body = Json.object();
        body.putArray("errorMessages").add(message);
        body.putArray("warningMessages");
        return json(400, body);
    }

    static Reply fieldErrors(Map<String, String> errors) {
        ObjectNode body = Json.object();
        body.putArray("errorMessages");
        ObjectNode byField = body.putObject("errors");
        errors.forEach(byField::put);
        return json(400, body);
    }

    Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, contentType, body);
    }

    Reply withBody(String otherBody) {
        return new Reply(status, headers, contentType, otherBody);
    }
}
