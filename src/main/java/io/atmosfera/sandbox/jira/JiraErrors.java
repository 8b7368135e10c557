package io.atmosfera.sandbox.jira;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import io.atmosfera.sandbox.http.Reply;
import java.util.Map;

/** The bodies by which Jira says what was wrong. */
final class JiraErrors {

    private JiraErrors() {}

    /** Jira's usual error body. */
    static Reply of(int status, String... messages) {
        ObjectNode body = Json.object();
        ArrayNode list = body.putArray("errorMessages");
        for (String message : messages) {
            list.add(message);
        }
        body.putObject("errors");
        return Reply.json(status, body);
    }

    /** The body of a refused JQL query, which has warnings in place of field errors. */
    static Reply jql(String message) {
        ObjectNode body = Json.object();
        body.putArray("errorMessages").add(message);
        body.putArray("warningMessages");
        return Reply.json(400, body);
    }

    static Reply fields(Map<String, String> errors) {
        ObjectNode body = Json.object();
        body.putArray("errorMessages");
        ObjectNode byField = body.putObject("errors");
        errors.forEach(byField::put);
        return Reply.json(400, body);
    }
}
