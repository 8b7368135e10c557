package io.atmosfera.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes over the fields of a create or edit call, or says why Jira would not. */
final class IssueFields {

    private static final Set<String> PEOPLE = Set.of("assignee", "reporter", FieldCatalog.QA_OWNER);
    /** Status has its own endpoint; real Jira leaves these as they are when they come along. */
    private static final Set<String> LEFT_ALONE = Set.of("status", "created", "updated", "creator", "resolutiondate");

    private final Catalog catalog;
    private final IssueStore store;
    private final Deployment deployment;

    IssueFields(Catalog catalog, IssueStore store, Deployment deployment) {
        this.catalog = catalog;
        this.store = store;
        this.deployment = deployment;
    }

    /** A new issue as Jira stores it: every field there, most of them null. */
    ObjectNode blank(Person reporter) {
        ObjectNode fields = Json.object();
        fields.put("summary", "Untitled");
        fields.putNull("description");
        fields.putNull("environment");
        fields.set("status", catalog.get(Catalog.Kind.STATUS, "To Do"));
        fields.putNull("statuscategorychangedate");
        fields.set("priority", catalog.get(Catalog.Kind.PRIORITY, "Medium"));
        fields.set("issuetype", catalog.get(Catalog.Kind.ISSUE_TYPE, "Task"));
        fields.putNull("resolution");
        fields.putNull("resolutiondate");
        fields.putNull("assignee");
        fields.set("reporter", catalog.person(reporter));
        fields.set("creator", catalog.person(reporter));
        for (String list : new String[] {"labels", "components", "fixVersions", "versions", "issuelinks"}) {
            fields.putArray(list);
        }
        fields.putNull("duedate");
        ObjectNode comments = fields.putObject("comment");
        comments.putArray("comments");
        comments.put("maxResults", 0).put("total", 0).put("startAt", 0);
        ObjectNode worklogs = fields.putObject("worklog");
        worklogs.putArray("worklogs");
        worklogs.put("maxResults", 20).put("total", 0).put("startAt", 0);
        for (int number : new int[] {11, 14, 16, 19, 20, 30, 31, 32, 33, 34, 35, 36, 37, 38}) {
            fields.putNull("customfield_100" + number);
        }
        return fields;
    }

    void set(ObjectNode fields, String name, JsonNode value, int version, Map<String, String> errors) {
        if (LEFT_ALONE.contains(name) || name.equals("project")) {
            return;
        }
        if (FieldCatalog.byId(name).isEmpty()) {
            errors.put(name, "Field '" + name + "' cannot be set. It is not on the appropriate screen, or unknown.");
        } else if (FieldCatalog.RICH_TEXT.contains(name)) {
            richText(fields, name, value, version, errors);
        } else if (PEOPLE.contains(name)) {
            person(fields, name, value, errors);
        } else {
            plain(fields, name, value, errors);
        }
    }

    /** The verb form: {@code update: {labels: [{add: "x"}]}}. */
    void update(ObjectNode fields, String name, JsonNode verbs, int version, Map<String, String> errors) {
        for (JsonNode verb : verbs) {
            if (verb.has("set")) {
                set(fields, name, verb.path("set"), version, errors);
            } else if (fields.path(name).isArray() && (verb.has("add") || verb.has("remove"))) {
                JsonNode value = verb.has("add") ? verb.path("add") : verb.path("remove");
                ArrayNode changed = Json.array();
                fields.path(name).forEach(element -> {
                    if (!isSame(element, value)) {
                        changed.add(element);
                    }
                });
                if (verb.has("add")) {
                    changed.add(value);
                }
                set(fields, name, changed, version, errors);
            } else {
                errors.put(name, "Field '" + name + "' does not support this operation.");
            }
        }
    }

    private static boolean isSame(JsonNode element, JsonNode value) {
        return element.equals(value)
                || (value.has("name") && value.path("name").equals(element.path("name")))
                || (value.has("id") && value.path("id").equals(element.path("id")));
    }

    private static void richText(
            ObjectNode fields, String name, JsonNode value, int version, Map<String, String> errors) {
        text(value, version)
                .ifPresentOrElse(
                        text -> fields.put(name, text.isEmpty() ? null : text),
                        () -> errors.put(
                                name,
                                version == 3
                                        ? "Operation value must be an Atlassian Document (see the Atlassian Document"
                                                + " Format)"
                                        : "Operation value must be a string"));
    }

    /** The wiki markup of a rich text value; empty if it has the form of the other API version. */
    static Optional<String> text(JsonNode value, int version) {
        if (value.isNull() || value.isMissingNode()) {
            return Optional.of("");
        }
        boolean document = value.path("type").asText().equals("doc");
        if (version == 3) {
            return document ? Optional.of(WikiRenderer.render(value)) : Optional.empty();
        }
        return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
    }

    private void person(ObjectNode fields, String name, JsonNode value, Map<String, String> errors) {
        String by = deployment == Deployment.CLOUD ? "accountId" : "name";
        if (value.isNull() || value.path(by).isNull()) {
            fields.putNull(name);
            return;
        }
        String reference = value.path(by).asText();
        catalog.findPerson(reference)
                .ifPresentOrElse(
                        person -> fields.set(name, catalog.person(person)),
                        () -> errors.put(name, "User '" + reference + "' does not exist."));
    }

    private void plain(ObjectNode fields, String name, JsonNode value, Map<String, String> errors) {
        switch (name) {
            case "summary" -> summary(fields, value, errors);
            case "priority" -> choice(fields, name, Catalog.Kind.PRIORITY, value, errors);
            case "issuetype" -> choice(fields, name, Catalog.Kind.ISSUE_TYPE, value, errors);
            case "resolution" -> choice(fields, name, Catalog.Kind.RESOLUTION, value, errors);
            case "components" -> choices(fields, name, Catalog.Kind.COMPONENT, value, errors);
            case "fixVersions", "versions" -> choices(fields, name, Catalog.Kind.VERSION, value, errors);
            case "labels" -> labels(fields, value, errors);
            case "parent" -> parent(fields, value, errors);
            default -> fields.set(name, value.deepCopy());
        }
    }

    private static void summary(ObjectNode fields, JsonNode value, Map<String, String> errors) {
        String text = value.asText();
        if (value.isNull() || text.isBlank()) {
            errors.put("summary", "You must specify a summary of the issue.");
        } else if (text.length() > 255) {
            errors.put("summary", "Summary can't exceed 255 characters.");
        } else if (text.contains("\n")) {
            errors.put("summary", "The summary is invalid because it contains newline characters.");
        } else {
            fields.put("summary", text);
        }
    }

    private void choice(ObjectNode fields, String name, Catalog.Kind kind, JsonNode value, Map<String, String> errors) {
        find(kind, value)
                .ifPresentOrElse(
                        found -> fields.set(name, found),
                        () -> errors.put(name, "Specify a valid 'id' or 'name' for " + FieldCatalog.nameOf(name)));
    }

    private void choices(
            ObjectNode fields, String name, Catalog.Kind kind, JsonNode value, Map<String, String> errors) {
        ArrayNode found = Json.array();
        for (JsonNode element : value) {
            find(kind, element)
                    .ifPresentOrElse(
                            found::add,
                            () -> errors.put(name, FieldCatalog.nameOf(name) + " " + element + " is not valid"));
        }
        fields.set(name, found);
    }

    private Optional<ObjectNode> find(Catalog.Kind kind, JsonNode value) {
        String name = value.hasNonNull("id")
                ? value.path("id").asText()
                : value.path("name").asText();
        return catalog.find(kind, name);
    }

    private static void labels(ObjectNode fields, JsonNode value, Map<String, String> errors) {
        for (JsonNode label : value) {
            if (label.asText().contains(" ")) {
                errors.put("labels", "The label '" + label.asText() + "' contains spaces which is invalid.");
            }
        }
        fields.set("labels", value.isArray() ? value.deepCopy() : Json.array());
    }

    private void parent(ObjectNode fields, JsonNode value, Map<String, String> errors) {
        if (value.isNull()) {
            fields.remove("parent");
            return;
        }
        String name = value.hasNonNull("id")
                ? value.path("id").asText()
                : value.path("key").asText();
        store.find(name)
                .ifPresentOrElse(
                        parent -> fields.putObject("parent")
                                .put("id", String.valueOf(parent.id()))
                                .put("key", parent.key()),
                        () -> errors.put("parent", "Could not find issue by id or key."));
    }
}
