package io.atmosfera.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** An Atlassian document to wiki markup, so that what is written by version 3 can be read by version 2. */
final class WikiRenderer {

    private WikiRenderer() {}

    static String render(JsonNode document) {
        return blocks(document, "").strip();
    }

    private static String blocks(JsonNode parent, String bullets) {
        StringBuilder text = new StringBuilder();
        for (JsonNode block : parent.path("content")) {
            text.append(block(block, bullets));
        }
        return text.toString();
    }

    private static String block(JsonNode block, String bullets) {
        return switch (block.path("type").asText()) {
            case "paragraph" -> inline(block) + (bullets.isEmpty() ? "\n\n" : "\n");
            case "heading" -> "h" + block.path("attrs").path("level").asInt(1) + ". " + inline(block) + "\n";
            case "rule" -> "----\n";
            case "codeBlock" -> code(block);
            case "blockquote" -> "{quote}\n" + blocks(block, "").strip() + "\n{quote}\n";
            case "bulletList" -> items(block, bullets + "*");
            case "orderedList" -> items(block, bullets + "#");
            case "table" -> table(block);
            case "mediaSingle", "mediaGroup" -> "";
            case "text", "hardBreak", "mention", "emoji", "inlineCard" -> span(block);
            default -> blocks(block, bullets);
        };
    }

    private static String items(JsonNode list, String bullets) {
        StringBuilder text = new StringBuilder();
        for (JsonNode item : list.path("content")) {
            text.append(bullets).append(' ').append(blocks(item, bullets));
        }
        return bullets.length() == 1 ? text.append('\n').toString() : text.toString();
    }

    private static String code(JsonNode block) {
        String language = block.path("attrs").path("language").asText();
        return "{code" + (language.isEmpty() ? "" : ":" + language) + "}\n" + inline(block) + "\n{code}\n";
    }

    private static String table(JsonNode table) {
        StringBuilder text = new StringBuilder();
        for (JsonNode row : table.path("content")) {
            String bar = row.path("content").path(0).path("type").asText().equals("tableHeader") ? "||" : "|";
            List<String> cells = new ArrayList<>();
            row.path("content").forEach(cell -> cells.add(blocks(cell, "").strip()));
            text.append(bar).append(String.join(bar, cells)).append(bar).append('\n');
        }
        return text.append('\n').toString();
    }

    private static String inline(JsonNode block) {
        StringBuilder text = new StringBuilder();
        block.path("content").forEach(node -> text.append(span(node)));
        return text.toString();
    }

    private static String span(JsonNode node) {
        JsonNode attributes = node.path("attrs");
        return switch (node.path("type").asText()) {
            case "text" -> marked(node);
            case "hardBreak" -> "\n";
            case "mention" -> "[~accountid:" + attributes.path("id").asText() + "]";
            case "emoji" ->
                attributes.path("text").asText(attributes.path("shortName").asText());
            case "inlineCard" -> attributes.path("url").asText();
            default -> inline(node);
        };
    }

    private static String marked(JsonNode node) {
        String text = node.path("text").asText();
        for (JsonNode mark : node.path("marks")) {
            text = switch (mark.path("type").asText()) {
                case "strong" -> "*" + text + "*";
                case "em" -> "_" + text + "_";
                case "code" -> "{{" + text + "}}";
                case "link" ->
                    "[" + text + "|" + mark.path("attrs").path("href").asText() + "]";
                default -> text;
            };
        }
        return text;
    }
}
