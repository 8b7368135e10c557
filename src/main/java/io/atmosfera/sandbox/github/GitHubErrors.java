package io.atmosfera.sandbox.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import io.atmosfera.sandbox.http.Reply;

/** The bodies by which GitHub says what was wrong. */
final class GitHubErrors {

    private GitHubErrors() {}

    static Reply of(int status, String message) {
        return Reply.json(status, body(status, message));
    }

    static Reply notFound() {
        return of(404, "Not Found");
    }

    /** @param code missing_field, already_exists and the like */
    static Reply invalid(String resource, String field, String code) {
        ObjectNode body = body(422, "Validation Failed");
        body.putArray("errors")
                .addObject()
                .put("resource", resource)
                .put("field", field)
                .put("code", code);
        return Reply.json(422, body);
    }

    private static ObjectNode body(int status, String message) {
        return Json.object()
                .put("message", message)
                .put("documentation_url", "https://docs.github.com/rest")
                .put("status", String.valueOf(status));
    }
}
