package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Plain text of an Atlassian Document (ADF): what a person would read, blocks on lines of their own. */
final class AdfText {

    private static final Set<String> BLOCKS = Set.of(
            "paragraph",
            "heading",
            "blockquote",
            "codeBlock",
            "rule",
            "panel",
            "listItem",
            "taskItem",
            "decisionItem",
            "tableRow",
            "expand",
            "nestedExpand");

    /** Deeper documents are not written by people; the limit keeps the stack whole. */
    private static final int DEEPEST = 100;

    private AdfText() {}

    static String of(JsonNode document) {
        StringBuilder text = new StringBuilder();
        append(document, text, 0);
        return text.toString().strip();
    }

    private static void append(JsonNode node, StringBuilder text, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        String type = node.path("type").asText();
        JsonNode attributes = node.path("attrs");
        switch (type) {
            case "text" -> text.append(node.path("text").asText());
            case "hardBreak" -> text.append('\n');
            case "mention", "status" -> text.append(attributes.path("text").asText());
            case "emoji" ->
                text.append(attributes
                        .path("text")
                        .asText(attributes.path("shortName").asText()));
            case "inlineCard", "blockCard", "embedCard" ->
                text.append(attributes.path("url").asText());
            case "date" -> text.append(JiraTime.day(attributes.path("timestamp").asText()));
            case "media", "mediaInline" -> {
                // A picture has no text of its own.
            }
            default -> appendContent(node, type, text, depth);
        }
    }

    private static void appendContent(JsonNode node, String type, StringBuilder text, int depth) {
        if (type.equals("listItem") || type.equals("taskItem")) {
            text.append("- ");
        }
        boolean cells = type.equals("tableRow");
        int children = 0;
        for (JsonNode child : node.path("content")) {
            if (cells && children++ > 0) {
                trimLines(text);
                text.append(" | ");
            }
            append(child, text, depth + 1);
        }
        if (BLOCKS.contains(type)) {
            trimLines(text);
            text.append('\n');
        }
    }

    private static void trimLines(StringBuilder text) {
        while (!text.isEmpty() && text.charAt(text.length() - 1) == '\n') {
            text.setLength(text.length() - 1);
        }
    }
}
