package io.atmosfera.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which part of an issue a field name in JQL means, and by which names its value may be asked for. */
final class JqlFields {

    private static final Pattern CUSTOM = Pattern.compile("cf\\[(\\d+)]");
    private static final Set<String> PLAIN = Set.of(
            "status",
            "assignee",
            "reporter",
            "creator",
            "issuetype",
            "priority",
            "labels",
            "resolution",
            "project",
            "parent",
            "statuscategory",
            "components",
            "fixversions",
            "versions",
            "summary",
            "description",
            "text",
            "created",
            "updated",
            "key",
            "duedate",
            "resolutiondate");

    private JqlFields() {}

    /** The canonical name: one of the plain ones or the id of a custom field. */
    static String canonical(String field) {
        String lower = field.toLowerCase(Locale.ROOT);
        String name =
                switch (lower) {
                    case "type" -> "issuetype";
                    case "label" -> "labels";
                    case "component" -> "components";
                    case "fixversion" -> "fixversions";
                    case "affectedversion" -> "versions";
                    case "issuekey", "issue", "id" -> "key";
                    case "due" -> "duedate";
                    case "resolved" -> "resolutiondate";
                    case "createddate" -> "created";
                    case "updateddate" -> "updated";
                    case "sprint" -> FieldCatalog.SPRINT;
                    default -> lower;
                };
        if (PLAIN.contains(name)) {
            return name;
        }
        Matcher custom = CUSTOM.matcher(name);
        String id = custom.matches() ? "customfield_" + custom.group(1) : name;
        return FieldCatalog.byId(id)
                .or(() -> FieldCatalog.byName(field))
                .map(FieldCatalog.Field::id)
                .filter(found -> found.startsWith("customfield_"))
                .orElseThrow(() -> RejectedRequestException.jql(
                        "Field '" + field + "' does not exist or you do not have permission to view it."));
    }

    /** The values of a field that may have several; none if it is empty. */
    static List<JsonNode> values(StoredIssue issue, String canonical) {
        JsonNode fields = issue.fields();
        JsonNode value =
                switch (canonical) {
                    case "statuscategory" -> fields.path("status").path("statusCategory");
                    case "fixversions" -> fields.path("fixVersions");
                    default -> fields.path(canonical);
                };
        List<JsonNode> values = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(values::add);
        } else if (!value.isMissingNode() && !value.isNull()) {
            values.add(value);
        }
        return values;
    }

    static boolean isCalled(JsonNode value, String name) {
        if (value.isValueNode()) {
            return value.asText().equalsIgnoreCase(name);
        }
        for (String alias : List.of("id", "key", "name", "value", "accountId", "displayName", "emailAddress")) {
            if (value.path(alias).asText().equalsIgnoreCase(name)
                    && !value.path(alias).isMissingNode()) {
                return true;
            }
        }
        return false;
    }

    static String text(StoredIssue issue, String canonical) {
        JsonNode fields = issue.fields();
        return canonical.equals("text")
                ? fields.path("summary").asText() + "\n"
                        + fields.path("description").asText()
                : fields.path(canonical).asText();
    }
}
