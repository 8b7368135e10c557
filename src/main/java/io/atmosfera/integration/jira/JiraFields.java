package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.database.StorableText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The custom fields of a Jira, as its {@code /field} lists them: the name under which each is stored, its type, and which
 * of them are sprints, epic links and story points. A site names these as it likes, so they are found by their schema.
 */
public final class JiraFields {

    /** Nobody has asked Jira yet: custom fields are left as they were. */
    static final JiraFields UNKNOWN = new JiraFields(List.of(), false, false);

    private static final String CUSTOM = "customfield_";
    private static final String AGILE = "com.pyxis.greenhopper.jira:";
    private static final int LONGEST_NAME = 255;

    /**
     * A custom field.
     *
     * @param id     {@code customfield_NNNNN}
     * @param name   what it is called here: Jira's name, with the id where two fields have the same
     * @param type   of its schema
     * @param items  of its schema, where it is a list
     * @param custom of its schema: the kind of field, by the name of the plugin that brings it
     */
    record Field(String id, String name, String type, String items, String custom) {

        boolean isAgile(String kind) {
            return custom.equals(AGILE + kind);
        }
    }

    private final Map<String, Field> byId = new HashMap<>();
    private final boolean known;
    private final boolean mapped;
    private final List<String> sprints = new ArrayList<>();
    private final List<String> epicLinks = new ArrayList<>();
    private final List<String> epicNames = new ArrayList<>();
    private final List<String> storyPoints = new ArrayList<>();

    private JiraFields(List<Field> fields, boolean known, boolean mapped) {
        this.known = known;
        this.mapped = mapped;
        List<String> estimates = new ArrayList<>();
        for (Field field : fields) {
            byId.put(field.id(), field);
            if (field.isAgile("gh-sprint")) {
                sprints.add(field.id());
            } else if (field.isAgile("gh-epic-link")) {
                epicLinks.add(field.id());
            } else if (field.isAgile("gh-epic-label")) {
                epicNames.add(field.id());
            } else if (field.isAgile("jsw-story-points")) {
                estimates.add(field.id());
            } else if (field.type().equals("number") && isStoryPoints(field.name())) {
                storyPoints.add(field.id());
            }
        }
        // A company-managed project's field counts before a team-managed one's estimate.
        storyPoints.addAll(estimates);
    }

    private static boolean isStoryPoints(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals("story points")
                || lower.startsWith("story points (customfield_")
                || lower.equals("story point estimate");
    }

    /**
     * The custom fields in a list of fields.
     *
     * @param list   what {@code /field} answers; null where nobody has asked it yet
     * @param mapped whether only what a project maps itself becomes a custom field
     */
    static JiraFields of(@Nullable JsonNode list, boolean mapped) {
        if (list == null || !list.isArray()) {
            return new JiraFields(List.of(), false, mapped);
        }
        Set<String> seen = new HashSet<>();
        Set<String> twice = new HashSet<>();
        for (JsonNode field : list) {
            if (isCustom(field) && !seen.add(name(field))) {
                twice.add(name(field));
            }
        }
        List<Field> fields = new ArrayList<>();
        for (JsonNode field : list) {
            if (isCustom(field)) {
                String id = field.path("id").asText();
                String name = name(field);
                JsonNode schema = field.path("schema");
                fields.add(new Field(
                        id,
                        name.isEmpty() ? id : twice.contains(name) ? name + " (" + id + ")" : name,
                        schema.path("type").asText(""),
                        schema.path("items").asText(""),
                        schema.path("custom").asText("")));
            }
        }
        return new JiraFields(fields, true, mapped);
    }

    private static boolean isCustom(JsonNode field) {
        return field.path("id").asText().startsWith(CUSTOM);
    }

    private static String name(JsonNode field) {
        String name = StorableText.clean(field.path("name").asText("")).strip();
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    public boolean isKnown() {
        return known;
    }

    boolean isMapped() {
        return mapped;
    }

    /** The field of an id; one that was made after Jira was asked has its id for a name. */
    Field field(String id) {
        Field field = byId.get(id);
        return field == null ? new Field(id, id, "", "", "") : field;
    }

    static boolean isCustom(String id) {
        return id.startsWith(CUSTOM);
    }

    List<String> sprints() {
        return sprints;
    }

    List<String> epicLinks() {
        return epicLinks;
    }

    List<String> epicNames() {
        return epicNames;
    }

    /** The numbers that estimate an issue, the one that counts first where there are several. */
    List<String> storyPoints() {
        return storyPoints;
    }
}
