package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.database.StorableText;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The columns of a ticket that are not just text: what a mapping gave for them, as the text that PostgreSQL reads. */
final class TicketValues {

    /** Lists of texts. */
    static final Set<String> LISTS = Set.of("labels", "components", "fixVersions", "affectedVersions");

    private static final int DAY_LENGTH = 10;

    private TicketValues() {}

    /** A mapping gave a value that its column cannot hold. */
    static final class UnfitException extends Exception {
        UnfitException(String message) {
            super(message);
        }
    }

    /** Whether a column is of this class. */
    static boolean isTyped(String column) {
        return switch (column) {
            case "resolutionDate", "dueDate", "storyPoints", "hierarchyLevel", "sprints" -> true;
            default -> false;
        };
    }

    /** The text of a value; null for an absent one. */
    static @Nullable String text(String column, JsonNode value) throws UnfitException {
        if (column.equals("sprints")) {
            return sprints(value).toString();
        }
        if (value.isNull()
                || value.isMissingNode()
                || (value.isTextual() && value.asText().isBlank())) {
            return null;
        }
        return switch (column) {
            case "resolutionDate" -> time(value);
            case "dueDate" -> day(value);
            case "storyPoints" -> number(value);
            default -> level(value);
        };
    }

    /** The value as clients see it. */
    static JsonNode shown(String column, @Nullable String text, JsonNode value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (text == null) {
            return NullNode.getInstance();
        }
        return switch (column) {
            case "sprints" -> sprints(value);
            case "storyPoints" -> nodes.numberNode(Double.parseDouble(text));
            case "hierarchyLevel" -> nodes.numberNode(Integer.parseInt(text));
            case "resolutionDate" -> nodes.textNode(JiraTime.iso(value.asText()));
            default -> nodes.textNode(text);
        };
    }

    private static String time(JsonNode value) throws UnfitException {
        Long millis = JiraTime.millis(value.asText());
        if (millis == null) {
            throw new UnfitException("is no time");
        }
        return millis.toString();
    }

    private static String day(JsonNode value) throws UnfitException {
        try {
            String day = JiraTime.day(value.asText());
            if (day.length() == DAY_LENGTH && LocalDate.parse(day).getYear() > 0) {
                return day;
            }
        } catch (DateTimeException noDay) {
            // Said below.
        }
        throw new UnfitException("is no date");
    }

    private static String number(JsonNode value) throws UnfitException {
        try {
            double number = value.isNumber() ? value.asDouble() : Double.parseDouble(value.asText());
            if (Double.isFinite(number) && (value.isNumber() || value.isTextual())) {
                return Double.toString(number);
            }
        } catch (NumberFormatException noNumber) {
            // Said below.
        }
        throw new UnfitException("is no number");
    }

    private static String level(JsonNode value) throws UnfitException {
        try {
            return Integer.toString(Integer.parseInt(value.asText()));
        } catch (NumberFormatException noNumber) {
            throw new UnfitException("is no whole number");
        }
    }

    /** Names and states, whether they come as objects, as names, or as Data Center prints them. */
    private static ArrayNode sprints(JsonNode value) {
        ArrayNode sprints = JsonNodeFactory.instance.arrayNode();
        Iterable<JsonNode> given =
                value.isArray() ? value : JsonNodeFactory.instance.arrayNode().add(value);
        for (JsonNode sprint : given) {
            JsonNode name = sprint.isObject() ? sprint.path("name") : sprint;
            if (name.isValueNode() && !name.isNull()) {
                ObjectNode one = sprints.addObject().put("name", StorableText.clean(name.asText()));
                JsonNode state = sprint.path("state");
                if (state.isTextual()) {
                    one.put("state", StorableText.clean(state.asText()));
                } else {
                    one.putNull("state");
                }
            }
        }
        return sprints;
    }
}
