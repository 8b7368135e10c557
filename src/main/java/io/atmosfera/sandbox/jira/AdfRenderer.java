package io.atmosfera.sandbox.jira;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Wiki markup to an Atlassian document: block by block; what is inside a line is {@link AdfInline}. */
final class AdfRenderer {

    private static final Pattern HEADING = Pattern.compile("h([1-6])\\.\\s+(.*)");
    private static final Pattern ITEM = Pattern.compile("([*#]{1,6}|-)\\s+(.*)");
    private static final Pattern FENCE = Pattern.compile("\\{(code|noformat|quote)(?::([^}]*))?}(.*)");

    private final List<String> lines;
    private int next;

    private AdfRenderer(String wiki) {
        this.lines = wiki.replace("\r\n", "\n").lines().toList();
    }

    static ObjectNode render(String wiki) {
        ObjectNode document = Json.object().put("type", "doc").put("version", 1);
        document.set("content", new AdfRenderer(wiki).blocks());
        return document;
    }

    private ArrayNode blocks() {
        ArrayNode blocks = Json.array();
        while (next < lines.size()) {
            String line = lines.get(next);
            Matcher heading = HEADING.matcher(line);
            Matcher fence = FENCE.matcher(line.strip());
            if (line.isBlank()) {
                next++;
            } else if (heading.matches()) {
                next++;
                ObjectNode node = block(blocks, "heading", AdfInline.render(heading.group(2)));
                node.putObject("attrs").put("level", Integer.parseInt(heading.group(1)));
            } else if (line.strip().equals("----")) {
                next++;
                blocks.addObject().put("type", "rule");
            } else if (fence.matches()) {
                fenced(blocks, fence.group(1), fence.group(2), fence.group(3));
            } else if (line.startsWith("|")) {
                table(blocks);
            } else if (ITEM.matcher(line).matches()) {
                list(blocks);
            } else {
                paragraph(blocks);
            }
        }
        return blocks;
    }

    private void paragraph(ArrayNode blocks) {
        ArrayNode inline = Json.array();
        // The first line always belongs to the paragraph, or a line that only looks like a block would never be
        // consumed.
        do {
            if (!inline.isEmpty()) {
                inline.addObject().put("type", "hardBreak");
            }
            inline.addAll(AdfInline.render(lines.get(next++)));
        } while (next < lines.size() && isPlain(lines.get(next)));
        block(blocks, "paragraph", inline);
    }

    private static boolean isPlain(String line) {
        return !line.isBlank()
                && !line.startsWith("|")
                && !HEADING.matcher(line).matches()
                && !ITEM.matcher(line).matches()
                && !FENCE.matcher(line.strip()).matches()
                && !line.strip().equals("----");
    }

    private void fenced(ArrayNode blocks, String kind, @Nullable String language, String rest) {
        String end = "{" + kind + "}";
        StringBuilder text = new StringBuilder();
        String line = rest;
        next++;
        while (!line.contains(end) && next < lines.size()) {
            text.append(line).append(line.isEmpty() && text.length() == 0 ? "" : "\n");
            line = lines.get(next++);
        }
        text.append(line.contains(end) ? line.substring(0, line.indexOf(end)) : line);
        String content = text.toString().stripTrailing();
        if (kind.equals("quote")) {
            block(blocks, "blockquote", new AdfRenderer(content).blocks());
            return;
        }
        ArrayNode inner = Json.array();
        if (!content.isEmpty()) {
            inner.addObject().put("type", "text").put("text", content);
        }
        ObjectNode code = block(blocks, "codeBlock", inner);
        if (language != null && !language.contains("=")) {
            code.putObject("attrs").put("language", language);
        }
    }

    private void list(ArrayNode blocks) {
        Deque<ArrayNode> open = new ArrayDeque<>();
        while (next < lines.size()) {
            Matcher item = ITEM.matcher(lines.get(next));
            if (!item.matches()) {
                return;
            }
            next++;
            int depth = item.group(1).length();
            boolean ordered = item.group(1).endsWith("#");
            while (open.size() > depth) {
                open.pop();
            }
            while (open.size() < depth) {
                ArrayNode parent = open.isEmpty() ? blocks : lastItem(open.element());
                open.push(content(block(parent, ordered ? "orderedList" : "bulletList", Json.array())));
            }
            ArrayNode paragraph = Json.array();
            block(paragraph, "paragraph", AdfInline.render(item.group(2)));
            block(open.element(), "listItem", paragraph);
        }
    }

    private static ArrayNode lastItem(ArrayNode list) {
        if (list.isEmpty()) {
            block(list, "listItem", Json.array());
        }
        return content((ObjectNode) list.get(list.size() - 1));
    }

    private void table(ArrayNode blocks) {
        ArrayNode rows = Json.array();
        while (next < lines.size() && lines.get(next).startsWith("|")) {
            String line = lines.get(next++).strip();
            boolean header = line.startsWith("||");
            ArrayNode cells = Json.array();
            for (String cell : line.replaceAll("^\\|+|\\|+$", "").split(header ? "\\|\\|" : "\\|", -1)) {
                ArrayNode paragraph = Json.array();
                block(paragraph, "paragraph", AdfInline.render(cell.strip()));
                block(cells, header ? "tableHeader" : "tableCell", paragraph);
            }
            block(rows, "tableRow", cells);
        }
        block(blocks, "table", rows);
    }

    private static ObjectNode block(ArrayNode parent, String type, ArrayNode content) {
        ObjectNode node = parent.addObject().put("type", type);
        node.set("content", content);
        return node;
    }

    private static ArrayNode content(ObjectNode node) {
        return node.withArray("content");
    }
}
