package io.atmosfera.sandbox.jira;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One state of one issue. Never changed in place: an edit replaces the record, so that readers need no lock.
 *
 * @param json the issue in version 2 shape: id, key, fields
 * @param histories the changelog, oldest first
 * @param raw whether a test put the JSON there, which is then sent as it is
 */
record StoredIssue(
        long id,
        String key,
        ObjectNode json,
        List<ObjectNode> histories,
        boolean raw,
        @Nullable Instant created,
        @Nullable Instant updated) {

    static StoredIssue of(ObjectNode json, List<ObjectNode> histories, boolean raw) {
        return new StoredIssue(
                json.path("id").asLong(),
                json.path("key").asText(),
                json,
                List.copyOf(histories),
                raw,
                JiraTime.parse(json.path("fields").path("created").asText(null)),
                JiraTime.parse(json.path("fields").path("updated").asText(null)));
    }

    ObjectNode fields() {
        return json.path("fields") instanceof ObjectNode fields ? fields : Json.object();
    }

    /** The id of the issue whose subtask this is; empty where it is none. */
    String subtaskOf() {
        boolean subtask = fields().path("issuetype").path("subtask").asBoolean();
        return subtask ? fields().path("parent").path("id").asText() : "";
    }

    String projectKey() {
        int dash = key.lastIndexOf('-');
        return dash < 0 ? key : key.substring(0, dash);
    }

    int number() {
        String digits = key.substring(key.lastIndexOf('-') + 1);
        return digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : 0;
    }
}
