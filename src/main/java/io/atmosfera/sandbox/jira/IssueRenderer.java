package io.atmosfera.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An issue as the API shows it: chosen fields, in the rich text of the version, with the issues it refers to. */
final class IssueRenderer {

    private static final List<String> BRIEF_FIELDS = List.of("summary", "status", "priority", "issuetype");

    /** How many comments and worklogs come with an issue of Cloud, whatever the total. */
    private static final int ENTRIES_CAP = 20;

    private final String baseUri;
    private final Deployment deployment;
    private final IssueStore store;
    private final int changelogCap;

    IssueRenderer(String baseUri, Deployment deployment, IssueStore store, int changelogCap) {
        this.baseUri = baseUri;
        this.deployment = deployment;
        this.store = store;
        this.changelogCap = changelogCap;
    }

    ObjectNode render(StoredIssue issue, FieldSelection selection, Set<String> expand, int version) {
        ObjectNode node = Json.object();
        if (selection.isIdOnly() && deployment == Deployment.CLOUD) {
            return node.put("id", String.valueOf(issue.id()));
        }
        node.put("expand", "operations,versionedRepresentations,editmeta,changelog,renderedFields");
        node.put("id", String.valueOf(issue.id()));
        node.put("self", baseUri + "/rest/api/" + version + "/issue/" + issue.id());
        node.put("key", issue.key());
        if (expand.contains("changelog")) {
            node.set("changelog", changelog(issue, version));
        }
        if (selection.wantsFields()) {
            node.set("fields", fields(issue, selection, version));
        }
        return node;
    }

    /** Newest first and cut to a number of entries, whatever the total: the trap of {@code expand=changelog} on Cloud. */
    private ObjectNode changelog(StoredIssue issue, int version) {
        List<ObjectNode> histories = issue.histories();
        int shown = deployment == Deployment.CLOUD ? Math.min(changelogCap, histories.size()) : histories.size();
        ObjectNode node =
                Json.object().put("startAt", 0).put("maxResults", shown).put("total", histories.size());
        ArrayNode list = node.putArray("histories");
        for (int i = 0; i < shown; i++) {
            int index = deployment == Deployment.CLOUD ? histories.size() - 1 - i : i;
            list.add(forVersion(histories.get(index).deepCopy(), version));
        }
        return node;
    }

    private ObjectNode fields(StoredIssue issue, FieldSelection selection, int version) {
        ObjectNode fields = Json.object();
        issue.fields().properties().forEach(field -> {
            if (selection.includes(field.getKey())) {
                fields.set(field.getKey(), field.getValue().deepCopy());
            }
        });
        if (!issue.raw()) {
            references(issue, fields, selection);
        }
        if (deployment == Deployment.CLOUD) {
            cut(fields.path("comment"), "comments");
            cut(fields.path("worklog"), "worklogs");
        }
        if (version == 3) {
            richText(fields);
        }
        return forVersion(fields, version);
    }

    private static void cut(JsonNode page, String member) {
        if (page instanceof ObjectNode list && page.path(member) instanceof ArrayNode entries) {
            int all = entries.size();
            while (entries.size() > ENTRIES_CAP) {
                entries.remove(entries.size() - 1);
            }
            if (all > ENTRIES_CAP) {
                list.put("maxResults", ENTRIES_CAP).put("total", all);
            }
        }
    }

    private void references(StoredIssue issue, ObjectNode fields, FieldSelection selection) {
        if (fields.has("parent")) {
            Optional<ObjectNode> parent = brief(fields.path("parent"));
            // An issue without a parent has no such field at all, unlike most others, which are null.
            parent.ifPresentOrElse(found -> fields.set("parent", found), () -> fields.remove("parent"));
        }
        if (fields.path("issuelinks").isArray()) {
            ArrayNode links = Json.array();
            for (JsonNode link : fields.path("issuelinks")) {
                String end = link.has("outwardIssue") ? "outwardIssue" : "inwardIssue";
                brief(link.path(end))
                        .ifPresent(other -> links.add(((ObjectNode) link.deepCopy()).<ObjectNode>set(end, other)));
            }
            fields.set("issuelinks", links);
        }
        if (selection.includes("subtasks")) {
            fields.set("subtasks", subtasks(issue));
        }
    }

    private ArrayNode subtasks(StoredIssue issue) {
        ArrayNode subtasks = Json.array();
        store.subtasks(issue).forEach(subtask -> subtasks.add(brief(subtask)));
        return subtasks;
    }

    private Optional<ObjectNode> brief(JsonNode reference) {
        String name = reference.hasNonNull("id")
                ? reference.path("id").asText()
                : reference.path("key").asText();
        return store.find(name).map(this::brief);
    }

    private ObjectNode brief(StoredIssue issue) {
        ObjectNode node = Json.object().put("id", String.valueOf(issue.id())).put("key", issue.key());
        node.put("self", baseUri + "/rest/api/2/issue/" + issue.id());
        ObjectNode fields = node.putObject("fields");
        for (String name : BRIEF_FIELDS) {
            fields.set(name, issue.fields().path(name).deepCopy());
        }
        return node;
    }

    private static void richText(ObjectNode fields) {
        for (String name : FieldCatalog.RICH_TEXT) {
            toDocument(fields, name);
        }
        fields.path("comment").path("comments").forEach(comment -> toDocument((ObjectNode) comment, "body"));
    }

    static void toDocument(ObjectNode parent, String name) {
        if (parent.path(name).isTextual()) {
            parent.set(name, AdfRenderer.render(parent.path(name).asText()));
        }
    }

    /** The store keeps version 2 addresses. */
    static <T extends JsonNode> T forVersion(T node, int version) {
        if (version == 3) {
            readdress(node);
        }
        return node;
    }

    private static void readdress(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("self").isTextual()) {
            object.put("self", object.path("self").asText().replace("/rest/api/2/", "/rest/api/3/"));
        }
        node.forEach(IssueRenderer::readdress);
    }
}
