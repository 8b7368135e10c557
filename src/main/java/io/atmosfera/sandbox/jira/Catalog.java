package io.atmosfera.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Everything issues refer to: people, projects, statuses, priorities, types, versions. */
final class Catalog {

    enum Kind {
        STATUS("status"),
        PRIORITY("priority"),
        ISSUE_TYPE("issuetype"),
        RESOLUTION("resolution"),
        LINK_TYPE("issueLinkType"),
        COMPONENT("component"),
        VERSION("version");

        private final String path;

        Kind(String path) {
            this.path = path;
        }
    }

    private final Deployment deployment;
    private final String api;
    private final List<Person> people;
    private final Map<Kind, List<ObjectNode>> values = new EnumMap<>(Kind.class);
    private final Map<String, ObjectNode> projects = new ConcurrentSkipListMap<>();
    private final Map<String, String> avatars = new ConcurrentHashMap<>();
    private final Map<String, ObjectNode> ownFields = new ConcurrentSkipListMap<>();
    private final AtomicInteger lastProjectId = new AtomicInteger(10000);

    Catalog(Deployment deployment, URI baseUri, Person caller) {
        this.deployment = deployment;
        this.api = baseUri + "/rest/api/2/";
        this.people = new ArrayList<>(SampleTexts.people());
        people.add(0, caller);
        statuses();
        priorities();
        issueTypes();
        add(Kind.RESOLUTION, "10000", "Done").put("description", "Work has been completed on this issue.");
        add(Kind.RESOLUTION, "10001", "Won't Do").put("description", "This issue won't be actioned.");
        add(Kind.RESOLUTION, "10002", "Duplicate").put("description", "The problem is a duplicate of another issue.");
        add(Kind.LINK_TYPE, "10000", "Blocks").put("inward", "is blocked by").put("outward", "blocks");
        add(Kind.LINK_TYPE, "10002", "Duplicate")
                .put("inward", "is duplicated by")
                .put("outward", "duplicates");
        add(Kind.LINK_TYPE, "10003", "Relates").put("inward", "relates to").put("outward", "relates to");
        int id = 10010;
        for (String component : SampleTexts.COMPONENTS) {
            add(Kind.COMPONENT, String.valueOf(id++), component);
        }
        id = 10100;
        for (String version : SampleTexts.VERSIONS) {
            boolean released = id < 10106;
            add(Kind.VERSION, String.valueOf(id++), version)
                    .put("archived", false)
                    .put("released", released);
        }
    }

    /** The account whose credentials the API accepts. */
    Person caller() {
        return people.get(0);
    }

    /** Everybody else: the ones who file and edit issues. */
    List<Person> colleagues() {
        return people.subList(1, people.size());
    }

    Optional<Person> findPerson(String reference) {
        return people.stream()
                .filter(p -> reference.equals(deployment == Deployment.CLOUD ? p.accountId() : p.name()))
                .findFirst();
    }

    ObjectNode person(Person person) {
        ObjectNode node = Json.object();
        if (deployment == Deployment.CLOUD) {
            node.put("self", api + "user?accountId=" + person.accountId());
            node.put("accountId", person.accountId());
        } else {
            node.put("self", api + "user?username=" + person.name());
            node.put("name", person.name());
            node.put("key", "JIRAUSER" + (10100 + people.indexOf(person)));
        }
        node.put("emailAddress", person.email());
        ObjectNode urls = node.putObject("avatarUrls");
        for (String size : List.of("16x16", "24x24", "32x32", "48x48")) {
            urls.put(size, avatars.computeIfAbsent(size, s -> api.replace("rest/api/2/", "") + "avatar/" + s + ".png"));
        }
        node.put("displayName", person.displayName());
        node.put("active", true);
        node.put("timeZone", person.timeZone());
        if (deployment == Deployment.CLOUD) {
            node.put("accountType", "atlassian");
        }
        return node;
    }

    void addProject(String key, String name) {
        projects.computeIfAbsent(key, k -> {
            String id = String.valueOf(lastProjectId.incrementAndGet());
            ObjectNode node = Json.object().put("self", api + "project/" + id);
            node.put("id", id).put("key", key).put("name", name).put("projectTypeKey", "software");
            if (deployment == Deployment.CLOUD) {
                node.put("simplified", false).put("style", "classic").put("isPrivate", false);
            }
            return node;
        });
    }

    /** Gives a project another key; its id stays. */
    void renameProject(String key, String newKey) {
        ObjectNode renamed = projects.remove(key).deepCopy();
        projects.put(newKey, renamed.put("key", newKey));
    }

    Optional<ObjectNode> project(String idOrKey) {
        return projects.values().stream()
                .filter(p -> p.path("key").asText().equalsIgnoreCase(idOrKey)
                        || p.path("id").asText().equals(idOrKey)
                        || p.path("name").asText().equalsIgnoreCase(idOrKey))
                .findFirst()
                .map(ObjectNode::deepCopy);
    }

    List<ObjectNode> projects() {
        return projects.values().stream().map(ObjectNode::deepCopy).toList();
    }

    List<ObjectNode> all(Kind kind) {
        return values.getOrDefault(kind, List.of()).stream()
                .map(ObjectNode::deepCopy)
                .toList();
    }

    Optional<ObjectNode> find(Kind kind, String idOrName) {
        return values.getOrDefault(kind, List.of()).stream()
                .filter(v -> v.path("id").asText().equals(idOrName)
                        || v.path("name").asText().equalsIgnoreCase(idOrName))
                .findFirst()
                .map(ObjectNode::deepCopy);
    }

    /** A value that is known to exist; the names are those of this class and of {@link SampleTexts}. */
    ObjectNode get(Kind kind, String name) {
        return find(kind, name).orElseThrow(() -> new IllegalArgumentException("No " + kind + " called " + name));
    }

    /** The place of a value in Jira's own order, which is what ORDER BY priority and status go by. */
    int rank(Kind kind, @Nullable JsonNode value) {
        String id = value == null ? "" : value.path("id").asText();
        List<ObjectNode> all = values.getOrDefault(kind, List.of());
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).path("id").asText().equals(id)) {
                return i;
            }
        }
        return all.size();
    }

    private void statuses() {
        status("10000", "To Do", 2, "new", "blue-gray");
        status("3", "In Progress", 4, "indeterminate", "yellow");
        status("10001", "In Review", 4, "indeterminate", "yellow");
        status("10002", "Blocked", 4, "indeterminate", "yellow");
        status("10003", "Done", 3, "done", "green");
        status("10004", "Cancelled", 3, "done", "green");
    }

    private void status(String id, String name, int categoryId, String category, String colour) {
        String categoryName = category.equals("new") ? "To Do" : category.equals("done") ? "Done" : "In Progress";
        ObjectNode status = add(Kind.STATUS, id, name).put("description", "").put("iconUrl", icon("statuses", name));
        status.putObject("statusCategory")
                .put("self", api + "statuscategory/" + categoryId)
                .put("id", categoryId)
                .put("key", category)
                .put("colorName", colour)
                .put("name", categoryName);
    }

    private void priorities() {
        int id = 1;
        for (String name : List.of("Highest", "High", "Medium", "Low", "Lowest")) {
            add(Kind.PRIORITY, String.valueOf(id++), name).put("iconUrl", icon("priorities", name));
        }
    }

    private void issueTypes() {
        issueType("10000", "Epic", "A big user story that needs to be broken down.", false, 1);
        issueType("10001", "Story", "Functionality expressed as a user goal.", false, 0);
        issueType("10002", "Task", "A small, distinct piece of work.", false, 0);
        issueType("10004", "Bug", "A problem or error.", false, 0);
        issueType("10003", "Sub-task", "A small piece of work that is part of a larger task.", true, -1);
    }

    private void issueType(String id, String name, String description, boolean subtask, int level) {
        ObjectNode type = add(Kind.ISSUE_TYPE, id, name).put("description", description);
        type.put("iconUrl", icon("issuetypes", name)).put("subtask", subtask);
        if (deployment == Deployment.CLOUD) {
            type.put("hierarchyLevel", level);
        }
    }

    private String icon(String folder, String name) {
        String file = name.toLowerCase(Locale.ROOT).replace(" ", "");
        return api.replace("rest/api/2/", "images/icons/") + folder + "/" + file + ".svg";
    }

    private ObjectNode add(Kind kind, String id, String name) {
        ObjectNode node = Json.object().put("self", api + kind.path + "/" + id);
        node.put("id", id).put("name", name);
        values.computeIfAbsent(kind, k -> new ArrayList<>()).add(node);
        return node;
    }

    /** The fields that {@code /field} lists: those of every site, and what was added here. */
    ArrayNode fields() {
        ArrayNode list = Json.array();
        for (JsonNode field : FieldCatalog.list()) {
            if (!ownFields.containsKey(field.path("id").asText())) {
                list.add(field);
            }
        }
        ownFields.values().forEach(field -> list.add(field.deepCopy()));
        return list;
    }

    /** Adds a field, or another name and type for one that is there. */
    void putField(ObjectNode field) {
        ownFields.put(field.path("id").asText(), field.deepCopy());
    }
}
