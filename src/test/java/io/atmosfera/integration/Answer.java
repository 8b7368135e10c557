package io.atmosfera.integration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;

/** What the platform answered: the status, the headers, and the body as text. */
public record Answer(int status, HttpHeaders headers, String text) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Answer of(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    /** The body as JSON. */
    public JsonNode json() {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("Not JSON, status " + status + ": " + text, e);
        }
    }

    /** The first header of that name, or an empty text. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }
}
