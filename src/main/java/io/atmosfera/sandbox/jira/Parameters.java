package io.atmosfera.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.sandbox.http.Json;
import io.atmosfera.sandbox.http.RecordedRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The arguments of a call, from the query of a GET or from the JSON body of a POST. */
record Parameters(RecordedRequest request, JsonNode body) {

    static Parameters of(RecordedRequest request) {
        if (request.method().equals("GET") || request.method().equals("DELETE")) {
            return new Parameters(request, Json.object());
        }
        JsonNode body = request.json();
        if (!body.isObject()) {
            throw RejectedRequestException.badRequest(
                    "There was an error parsing JSON. Check that your request body is valid.");
        }
        return new Parameters(request, body);
    }

    /** Cloud's newer endpoints refuse a body with anything else in it, a left-over {@code startAt} for one. */
    void allowOnly(Set<String> names) {
        body.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                throw RejectedRequestException.invalidPayload();
            }
        });
    }

    @Nullable
    String text(String name) {
        return request.parameter(name);
    }

    int integer(String name, int byDefault) {
        String text = text(name);
        if (text == null) {
            return byDefault;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw RejectedRequestException.invalidPayload();
        }
    }

    /** Comma-separated or repeated in a query, an array in a body. */
    List<String> list(String name) {
        List<String> list = new ArrayList<>();
        for (String value : request.query().getOrDefault(name, List.of())) {
            list.addAll(split(value));
        }
        JsonNode inBody = body.path(name);
        if (!inBody.isArray() && !inBody.isMissingNode() && !inBody.isNull()) {
            throw RejectedRequestException.invalidPayload();
        }
        inBody.forEach(value -> list.add(value.asText()));
        return list;
    }

    /** {@code expand}: one string in the body of /search/jql, an array everywhere else. */
    Set<String> expand(boolean stringInBody) {
        if (stringInBody && body.hasNonNull("expand")) {
            if (!body.path("expand").isTextual()) {
                throw RejectedRequestException.invalidPayload();
            }
            return new HashSet<>(split(body.path("expand").asText()));
        }
        return new HashSet<>(list("expand"));
    }

    private static List<String> split(String value) {
        List<String> parts = new ArrayList<>();
        for (String part : value.split(",", -1)) {
            if (!part.isBlank()) {
                parts.add(part.strip());
            }
        }
        return parts;
    }
}
