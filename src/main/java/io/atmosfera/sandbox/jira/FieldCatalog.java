package io.atmosfera.sandbox.jira;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fields an issue can have, as {@code GET /field} lists them. */
final class FieldCatalog {

    static final String EPIC_NAME = "customfield_10011";
    static final String EPIC_LINK = "customfield_10014";
    static final String STORY_POINTS = "customfield_10016";
    static final String RANK = "customfield_10019";
    static final String SPRINT = "customfield_10020";
    static final String SEVERITY = "customfield_10030";
    static final String PLATFORMS = "customfield_10031";
    static final String QA_OWNER = "customfield_10032";
    static final String TARGET_DATE = "customfield_10033";
    static final String AFFECTED_CUSTOMERS = "customfield_10034";
    static final String CUSTOMER_REFERENCE = "customfield_10035";
    static final String AREA = "customfield_10036";
    static final String ACCEPTANCE_CRITERIA = "customfield_10037";
    static final String LAST_VERIFIED = "customfield_10038";

    /** Fields whose value is wiki markup in version 2 and an Atlassian document in version 3. */
    static final Set<String> RICH_TEXT = Set.of("description", "environment", ACCEPTANCE_CRITERIA);

    private static final Set<String> NOT_NAVIGABLE = Set.of("comment", "worklog", "attachment", "timetracking");
    private static final String SELECT = "com.atlassian.jira.plugin.system.customfieldtypes:";
    private static final String AGILE = "com.pyxis.greenhopper.jira:";

    record Field(String id, String name, String type, @Nullable String items, @Nullable String customType) {}

    private static final List<Field> FIELDS = List.of(
            system("summary", "Summary", "string", null),
            system("description", "Description", "string", null),
            system("environment", "Environment", "string", null),
            system("status", "Status", "status", null),
            system("statuscategorychangedate", "Status Category Changed", "datetime", null),
            system("priority", "Priority", "priority", null),
            system("issuetype", "Issue Type", "issuetype", null),
            system("project", "Project", "project", null),
            system("resolution", "Resolution", "resolution", null),
            system("resolutiondate", "Resolved", "datetime", null),
            system("assignee", "Assignee", "user", null),
            system("reporter", "Reporter", "user", null),
            system("creator", "Creator", "user", null),
            system("labels", "Labels", "array", "string"),
            system("components", "Components", "array", "component"),
            system("fixVersions", "Fix versions", "array", "version"),
            system("versions", "Affects versions", "array", "version"),
            system("parent", "Parent", "issuelink", null),
            system("subtasks", "Sub-tasks", "array", "issuelinks"),
            system("issuelinks", "Linked Issues", "array", "issuelinks"),
            system("comment", "Comment", "comments-page", null),
            system("worklog", "Log Work", "array", "worklog"),
            system("duedate", "Due date", "date", null),
            system("created", "Created", "datetime", null),
            system("updated", "Updated", "datetime", null),
            new Field(EPIC_NAME, "Epic Name", "string", null, AGILE + "gh-epic-label"),
            new Field(EPIC_LINK, "Epic Link", "any", null, AGILE + "gh-epic-link"),
            new Field(STORY_POINTS, "Story Points", "number", null, SELECT + "float"),
            new Field(RANK, "Rank", "any", null, AGILE + "gh-lexo-rank"),
            new Field(SPRINT, "Sprint", "array", "json", AGILE + "gh-sprint"),
            new Field(SEVERITY, "Severity", "option", null, SELECT + "select"),
            new Field(PLATFORMS, "Platforms", "array", "option", SELECT + "multiselect"),
            new Field(QA_OWNER, "QA Owner", "user", null, SELECT + "userpicker"),
            new Field(TARGET_DATE, "Target date", "date", null, SELECT + "datepicker"),
            new Field(AFFECTED_CUSTOMERS, "Affected customers", "number", null, SELECT + "float"),
            new Field(CUSTOMER_REFERENCE, "Customer reference", "string", null, SELECT + "textfield"),
            new Field(AREA, "Area", "option-with-child", null, SELECT + "cascadingselect"),
            new Field(ACCEPTANCE_CRITERIA, "Acceptance criteria", "string", null, SELECT + "textarea"),
            new Field(LAST_VERIFIED, "Last verified", "datetime", null, SELECT + "datetime"));

    private static final Map<String, Field> BY_ID = FIELDS.stream().collect(Collectors.toMap(Field::id, f -> f));

    private FieldCatalog() {}

    static Optional<Field> byId(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }

    static Optional<Field> byName(String name) {
        return FIELDS.stream().filter(f -> f.name().equalsIgnoreCase(name)).findFirst();
    }

    static String nameOf(String id) {
        return byId(id).map(Field::name).orElse(id);
    }

    static boolean isNavigable(String id) {
        return !NOT_NAVIGABLE.contains(id);
    }

    static ArrayNode list() {
        ArrayNode list = Json.array();
        for (Field field : FIELDS) {
            boolean custom = field.customType() != null;
            ObjectNode node = list.addObject();
            node.put("id", field.id());
            node.put("key", field.id());
            node.put("name", field.name());
            node.put("custom", custom);
            node.put("orderable", true);
            node.put("navigable", isNavigable(field.id()));
            node.put("searchable", true);
            ArrayNode clauses = node.putArray("clauseNames");
            clauses.add(custom ? "cf[" + field.id().substring("customfield_".length()) + "]" : field.id());
            node.set("schema", schema(field));
        }
        return list;
    }

    private static ObjectNode schema(Field field) {
        ObjectNode schema = Json.object().put("type", field.type());
        if (field.items() != null) {
            schema.put("items", field.items());
        }
        if (field.customType() == null) {
            return schema.put("system", field.id());
        }
        int number = Integer.parseInt(field.id().substring("customfield_".length()));
        return schema.put("custom", field.customType()).put("customId", number);
    }

    private static Field system(String id, String name, String type, @Nullable String items) {
        return new Field(id, name, type, items, null);
    }
}
