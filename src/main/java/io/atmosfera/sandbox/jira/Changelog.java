package io.atmosfera.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What Jira would write in its changelog about the difference between two states of an issue. */
final class Changelog {

    private static final Set<String> NOT_LOGGED = Set.of(
            "created", "updated", "resolutiondate", "statuscategorychangedate", "comment", "worklog", "subtasks");

    /** Fields of which Jira logs every element that comes or goes by itself. */
    private static final Set<String> ONE_BY_ONE = Set.of("components", "fixVersions", "versions", "issuelinks");

    private final Deployment deployment;

    Changelog(Deployment deployment) {
        this.deployment = deployment;
    }

    ArrayNode items(ObjectNode before, ObjectNode after) {
        ArrayNode items = Json.array();
        Set<String> names = new TreeSet<>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            JsonNode from = before.path(name);
            JsonNode to = after.path(name);
            boolean changed = !from.equals(to) && !(isEmpty(from) && isEmpty(to));
            if (changed && ONE_BY_ONE.contains(name)) {
                missingIn(to, from).forEach(gone -> items.add(item(name, gone, NullNode.getInstance())));
                missingIn(from, to).forEach(added -> items.add(item(name, NullNode.getInstance(), added)));
            } else if (changed && !NOT_LOGGED.contains(name)) {
                items.add(item(name, from, to));
            }
        }
        return items;
    }

    ObjectNode item(String fieldId, @Nullable String from, @Nullable String to) {
        return item(fieldId)
                .put("from", from)
                .put("fromString", from)
                .put("to", to)
                .put("toString", to);
    }

    private ObjectNode item(String fieldId, JsonNode from, JsonNode to) {
        return item(fieldId)
                .put("from", id(from))
                .put("fromString", text(from))
                .put("to", id(to))
                .put("toString", text(to));
    }

    private ObjectNode item(String fieldId) {
        boolean custom = fieldId.startsWith("customfield_");
        ObjectNode item = Json.object().put("field", displayed(fieldId)).put("fieldtype", custom ? "custom" : "jira");
        if (deployment == Deployment.CLOUD) {
            item.put("fieldId", fieldId);
        }
        return item;
    }

    /** Jira mixes ids and display names in {@code field}; these are the ones it spells differently. */
    private static String displayed(String fieldId) {
        return switch (fieldId) {
            case "fixVersions" -> "Fix Version";
            case "components" -> "Component";
            case "versions" -> "Version";
            case "issuelinks" -> "Link";
            case "parent" -> "IssueParentAssociation";
            case "key" -> "Key";
            default ->
                fieldId.startsWith("customfield_") ? FieldCatalog.nameOf(fieldId) : fieldId.toLowerCase(Locale.ROOT);
        };
    }

    private static List<JsonNode> missingIn(JsonNode other, JsonNode list) {
        List<JsonNode> missing = new ArrayList<>();
        for (JsonNode element : list) {
            boolean there = StreamSupport.stream(other.spliterator(), false)
                    .anyMatch(o -> o.path("id").equals(element.path("id")));
            if (!there) {
                missing.add(element);
            }
        }
        return missing;
    }

    private static boolean isEmpty(JsonNode node) {
        return node.isMissingNode() || node.isNull() || (node.isContainerNode() && node.isEmpty());
    }

    private static @Nullable String id(JsonNode node) {
        if (isEmpty(node) || node.isValueNode()) {
            return null;
        }
        if (node.isArray()) {
            return node.path(0).isValueNode() ? null : joined(node, ", ", true);
        }
        if (isLink(node)) {
            return linked(node).path("key").asText();
        }
        for (String name : new String[] {"accountId", "id", "key", "name"}) {
            if (node.hasNonNull(name)) {
                return node.path(name).asText();
            }
        }
        return null;
    }

    private static @Nullable String text(JsonNode node) {
        if (isEmpty(node)) {
            return node.isArray() ? "" : null;
        }
        if (node.isValueNode()) {
            return node.asText();
        }
        if (node.isArray()) {
            return joined(node, node.path(0).isTextual() ? " " : ", ", false);
        }
        if (isLink(node)) {
            String verb = node.path("type")
                    .path(node.has("outwardIssue") ? "outward" : "inward")
                    .asText();
            return "This issue " + verb + " " + linked(node).path("key").asText();
        }
        for (String name : new String[] {"displayName", "name", "value", "key", "id"}) {
            if (node.hasNonNull(name)) {
                return node.path(name).asText();
            }
        }
        return node.toString();
    }

    private static boolean isLink(JsonNode node) {
        return node.has("outwardIssue") || node.has("inwardIssue");
    }

    private static JsonNode linked(JsonNode link) {
        return link.has("outwardIssue") ? link.path("outwardIssue") : link.path("inwardIssue");
    }

    private static String joined(JsonNode array, String separator, boolean ids) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(element -> String.valueOf(ids && !element.isValueNode() ? id(element) : text(element)))
                .collect(Collectors.joining(separator));
    }
}
