package io.atmosfera.sandbox.jira;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bold, italic, monospace, links and mentions inside one line of wiki markup. */
final class AdfInline {

    private static final Pattern MARK = Pattern.compile("\\{\\{(?<code>[^}]+)}}"
            + "|(?<![\\w*])\\*(?<strong>[^*\\s](?:[^*]*[^*\\s])?)\\*(?![\\w*])"
            + "|(?<![\\w_])_(?<em>[^_\\s](?:[^_]*[^_\\s])?)_(?![\\w_])"
            + "|\\[~(?:accountid:)?(?<mention>[^]]+)]"
            + "|\\[(?<label>[^]|]+)\\|(?<href>[^]|]+)]"
            + "|(?<url>https?://[^\\s|)\\]]+)");

    private AdfInline() {}

    static ArrayNode render(String line) {
        ArrayNode nodes = Json.array();
        Matcher matcher = MARK.matcher(line);
        int at = 0;
        while (matcher.find()) {
            text(nodes, line.substring(at, matcher.start()));
            marked(nodes, matcher);
            at = matcher.end();
        }
        text(nodes, line.substring(at));
        return nodes;
    }

    private static void marked(ArrayNode nodes, Matcher matcher) {
        for (String mark : List.of("code", "strong", "em")) {
            String inner = matcher.group(mark);
            if (inner != null) {
                mark(text(nodes, inner), mark);
                return;
            }
        }
        String mention = matcher.group("mention");
        if (mention != null) {
            ObjectNode node = nodes.addObject().put("type", "mention");
            node.putObject("attrs").put("id", mention).put("text", "@" + mention);
        } else if (matcher.group("url") != null) {
            nodes.addObject().put("type", "inlineCard").putObject("attrs").put("url", matcher.group("url"));
        } else {
            mark(text(nodes, matcher.group("label")), "link").putObject("attrs").put("href", matcher.group("href"));
        }
    }

    private static ObjectNode mark(ObjectNode text, String type) {
        return text.putArray("marks").addObject().put("type", type);
    }

    private static ObjectNode text(ArrayNode nodes, String text) {
        // An Atlassian document must not contain empty text nodes.
        return text.isEmpty()
                ? Json.object()
                : nodes.addObject().put("type", "text").put("text", text);
    }
}
