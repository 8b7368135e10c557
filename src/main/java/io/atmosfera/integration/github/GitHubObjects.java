package io.atmosfera.integration.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What GitHub's events bring whole: objects as its API has them, to be stored as those of a page are. An event is the map
 * that {@link GitHubEvents} describes.
 */
@Component("githubObjects")
public class GitHubObjects {

    private static final String BRANCH = "refs/heads/";
    private static final String TAG = "refs/tags/";

    /** What an issue or a pull request has to have; some events bring a part of one. */
    private static final String[] ISSUE = {"number", "id", "state", "created_at", "updated_at"};

    private static final String[] DEPLOYMENT = {"id", "sha", "created_at", "updated_at"};

    /** GitHub sends no more commits with a push. */
    private static final int MOST_COMMITS = 2048;

    private final ObjectMapper json;

    GitHubObjects(ObjectMapper json) {
        this.json = json;
    }

    /**
     * Objects of one stream.
     *
     * @param projectId    the project whose hook told of them
     * @param repositoryId their repository
     * @param stream       the stream, as routes write it
     * @param gone         whether they are no longer there: then the objects are their ids
     * @param goneAt       since when, where that is said
     * @param objects      an array
     */
    public record Part(
            long projectId,
            long repositoryId,
            String stream,
            boolean gone,
            @Nullable String goneAt,
            ArrayNode objects) {

        private boolean goesOn(Part other) {
            return projectId == other.projectId
                    && repositoryId == other.repositoryId
                    && stream.equals(other.stream)
                    && !gone
                    && !other.gone;
        }
    }

    /** What is to be stored and removed, in the order of the events. */
    public List<Part> parts(List<Map<String, Object>> events) {
        List<Part> parts = new ArrayList<>();
        for (Map<String, Object> event : events) {
            for (Part part : of(event)) {
                Part last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
                if (last != null && last.goesOn(part)) {
                    last.objects().addAll(part.objects());
                } else {
                    parts.add(part);
                }
            }
        }
        return parts;
    }

    /** The events that ask for more than they bring. */
    public List<Map<String, Object>> rest(List<Map<String, Object>> events) {
        return events.stream()
                .filter(event -> asksForMore(event) || of(event).isEmpty())
                .toList();
    }

    /** Notes the events whose objects were stored and that ask for nothing more. */
    public int note(Map<Long, String> outcomes, List<Map<String, Object>> events) {
        List<Map<String, Object>> rest = rest(events);
        events.stream()
                .filter(event -> !rest.contains(event))
                .forEach(event ->
                        outcomes.put(((Number) Objects.requireNonNull(event.get("id"))).longValue(), "processed"));
        return events.size() - rest.size();
    }

    private static boolean asksForMore(Map<String, Object> event) {
        JsonNode payload = payload(event);
        return switch (type(event)) {
            // A branch that was forced elsewhere leaves commits behind, and a long push comes cut off.
            case "push" ->
                payload.path("forced").asBoolean() || payload.path("commits").size() >= MOST_COMMITS;
            // It says that something is there, not where.
            case "create" -> true;
            // What a repository has may be seen by others now, or by nobody.
            case "repository" -> true;
            default -> false;
        };
    }

    private List<Part> of(Map<String, Object> event) {
        JsonNode payload = payload(event);
        return switch (type(event)) {
            case "pull_request" -> whole(event, "pulls", payload.path("pull_request"), ISSUE);
            case "pull_request_review" ->
                whole(event, "pull-reviews", payload.path("review"), "id", "pull_request_url");
            case "issues" ->
                is(payload, "deleted", "transferred")
                        ? gone(event, "issues", payload.path("issue").path("number"))
                        : whole(event, "issues", payload.path("issue"), ISSUE);
            case "release" ->
                is(payload, "deleted")
                        ? gone(event, "releases", payload.path("release").path("id"))
                        : whole(event, "releases", payload.path("release"), "id", "tag_name");
            case "workflow_run" -> whole(event, "workflow-runs", payload.path("workflow_run"), "id", "created_at");
            case "check_run" -> whole(event, "check-runs", payload.path("check_run"), "id", "head_sha");
            case "deployment" -> whole(event, "deployments", payload.path("deployment"), DEPLOYMENT);
            case "deployment_status" -> deploymentStatus(event, payload);
            case "repository" -> whole(event, "repository", payload.path("repository"), "id", "full_name");
            case "create" -> whole(event, stream(payload), payload, "ref", "ref_type");
            case "delete" ->
                payload.hasNonNull("ref_type") ? gone(event, stream(payload), payload.path("ref")) : List.of();
            case "push" -> push(event, payload);
            default -> List.of();
        };
    }

    private List<Part> deploymentStatus(Map<String, Object> event, JsonNode payload) {
        List<Part> parts = new ArrayList<>(whole(event, "deployments", payload.path("deployment"), DEPLOYMENT));
        parts.addAll(whole(event, "deployment-statuses", payload.path("deployment_status"), "id", "deployment_url"));
        return parts;
    }

    private List<Part> push(Map<String, Object> event, JsonNode payload) {
        String ref = payload.path("ref").asText();
        boolean branch = ref.startsWith(BRANCH);
        if ((!branch && !ref.startsWith(TAG)) || !payload.path("after").asText().matches("[0-9a-f]{40,64}")) {
            return List.of();
        }
        String stream = branch ? "branches" : "tags";
        if (payload.path("deleted").asBoolean()) {
            return gone(event, stream, TextNode.valueOf(ref.substring((branch ? BRANCH : TAG).length())));
        }
        List<Part> parts = new ArrayList<>();
        ArrayNode commits = json.createArrayNode();
        for (JsonNode commit : payload.path("commits")) {
            if (commit.path("id").isTextual() && commit.path("timestamp").isTextual()) {
                commits.add(commit);
            }
        }
        if (branch && !commits.isEmpty()) {
            parts.addAll(part(event, "commits", false, commits));
        }
        parts.addAll(whole(event, stream, payload, "ref", "after"));
        return parts;
    }

    private static String stream(JsonNode payload) {
        return "tag".equals(payload.path("ref_type").asText()) ? "tags" : "branches";
    }

    /** The object, where it has what makes it one that can be stored. */
    private List<Part> whole(Map<String, Object> event, String stream, JsonNode object, String... required) {
        for (String field : required) {
            if (!object.hasNonNull(field)) {
                return List.of();
            }
        }
        return part(event, stream, false, json.createArrayNode().add(object));
    }

    private List<Part> gone(Map<String, Object> event, String stream, JsonNode id) {
        return id.isValueNode() && !id.isNull() && !id.isMissingNode()
                ? part(event, stream, true, json.createArrayNode().add(id))
                : List.of();
    }

    private static List<Part> part(Map<String, Object> event, String stream, boolean gone, ArrayNode objects) {
        JsonNode repository = payload(event).path("repository");
        if (!repository.path("id").isIntegralNumber()) {
            return List.of();
        }
        return List.of(new Part(
                ((Number) Objects.requireNonNull(event.get("projectId"))).longValue(),
                repository.path("id").asLong(),
                stream,
                gone,
                gone ? moment(repository.path("pushed_at")) : null,
                objects));
    }

    /** As ISO text; a push gives whole seconds, cut off, so it may be as late as the next. */
    private static @Nullable String moment(JsonNode at) {
        return at.isIntegralNumber() ? Instant.ofEpochSecond(at.asLong() + 1).toString() : at.asText(null);
    }

    private static boolean is(JsonNode payload, String... actions) {
        return List.of(actions).contains(payload.path("action").asText());
    }

    private static JsonNode payload(Map<String, Object> event) {
        return (JsonNode) Objects.requireNonNull(event.get("payload"));
    }

    private static String type(Map<String, Object> event) {
        return String.valueOf(event.get("eventType"));
    }
}
