package io.atmosfera.integration.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * GitHub's events on their way to the route of their type. An event is a map of {@code id, projectId, eventType, action,
 * entity, traceId} and {@code payload}, a JsonNode.
 */
@Component("githubEvents")
public class GitHubEvents {

    private final ObjectMapper json;

    GitHubEvents(ObjectMapper json) {
        this.json = json;
    }

    /** What becomes of each event, by its id; ignored, until its route says something else. */
    public Map<Long, String> outcomes(List<Map<String, Object>> events) {
        Map<Long, String> outcomes = new LinkedHashMap<>();
        events.forEach(event -> outcomes.put(id(event.get("id")), "ignored"));
        return outcomes;
    }

    /** The events of each known type, in their order. */
    public List<List<Map<String, Object>>> groups(List<Map<String, Object>> events) {
        Map<String, List<Map<String, Object>>> groups = new LinkedHashMap<>();
        for (Map<String, Object> event : events) {
            String type = String.valueOf(event.get("eventType"));
            if (GitHubEventTypes.KNOWN.contains(type)) {
                groups.computeIfAbsent(type, any -> new ArrayList<>()).add(event);
            }
        }
        return List.copyOf(groups.values());
    }

    /** The type of a group, as routes write it. */
    public String type(List<Map<String, Object>> group) {
        return String.valueOf(group.get(0).get("eventType")).replace('_', '-');
    }

    /** The events without their payloads, for SQL. */
    public String rows(List<Map<String, Object>> events) {
        ArrayNode rows = json.createArrayNode();
        for (Map<String, Object> event : events) {
            Map<String, Object> row = new LinkedHashMap<>(event);
            row.remove("payload");
            rows.add(json.valueToTree(row));
        }
        return rows.toString();
    }

    /** Notes what SQL made of events: rows with an id and an outcome. */
    public int note(Map<Long, String> outcomes, List<Map<String, Object>> rows) {
        rows.forEach(row -> outcomes.put(id(row.get("id")), String.valueOf(row.get("outcome"))));
        return rows.size();
    }

    /**
     * A repository that is called differently now.
     *
     * @param projectId    the project whose hook told it
     * @param repositoryId what stays
     * @param from         the former owner/name
     * @param to           the new one
     * @param at           when the repository was changed last, as the event says it
     * @param traceId      the delivery
     */
    public record Move(
            long projectId, long repositoryId, String from, String to, @Nullable String at, String traceId) {}

    /** The changes of names among events of the type repository. */
    public List<Move> moves(List<Map<String, Object>> events) {
        List<Move> moves = new ArrayList<>();
        for (Map<String, Object> event : events) {
            JsonNode payload = (JsonNode) Objects.requireNonNull(event.get("payload"));
            String to = payload.path("repository").path("full_name").asText("");
            String from = former(payload, to);
            if (from != null && payload.path("repository").path("id").isIntegralNumber()) {
                moves.add(new Move(
                        id(event.get("projectId")),
                        payload.path("repository").path("id").asLong(),
                        from,
                        to,
                        payload.path("repository").path("updated_at").asText(null),
                        String.valueOf(event.get("traceId"))));
            }
        }
        return moves;
    }

    /** The hooks that were deleted at GitHub, of events of the type meta: rows of project_id and hook_id, for SQL. */
    public String deletedHooks(List<Map<String, Object>> events) {
        ArrayNode rows = json.createArrayNode();
        for (Map<String, Object> event : events) {
            JsonNode payload = (JsonNode) Objects.requireNonNull(event.get("payload"));
            if (payload.path("action").asText().equals("deleted")
                    && payload.path("hook_id").isIntegralNumber()) {
                rows.addObject()
                        .put("project_id", id(event.get("projectId")))
                        .put("hook_id", payload.path("hook_id").asLong());
            }
        }
        return rows.toString();
    }

    private static @Nullable String former(JsonNode payload, String to) {
        int slash = to.indexOf('/');
        if (slash < 0) {
            return null;
        }
        JsonNode changes = payload.path("changes");
        return switch (payload.path("action").asText()) {
            case "renamed" ->
                to.substring(0, slash + 1)
                        + changes.path("repository").path("name").path("from").asText();
            case "transferred" -> {
                JsonNode owner = changes.path("owner").path("from");
                String login = owner.path("user").path("login").asText("");
                yield (login.isEmpty()
                                ? owner.path("organization").path("login").asText()
                                : login)
                        + to.substring(slash);
            }
            default -> null;
        };
    }

    private static long id(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : Long.parseLong(String.valueOf(value));
    }
}
