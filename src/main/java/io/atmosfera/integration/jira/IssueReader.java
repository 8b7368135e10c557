package io.atmosfera.integration.jira;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.outbound.LenientJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the issues of an answer, each as a tree and with its place among the bytes. One that cannot be read, or is none,
 * costs itself and not its page: an object with its id and key takes its place, and why is kept beside it.
 */
final class IssueReader {

    private final ObjectMapper json;
    private final boolean each;
    private final ArrayNode issues;
    private final List<int[]> places = new ArrayList<>();
    private final Map<Integer, String> unreadable = new HashMap<>();

    /**
     * A reader.
     *
     * @param each whether each issue is read by itself, which takes longer: the page as a whole could not be read
     */
    IssueReader(ObjectMapper json, boolean each) {
        this.json = json;
        this.each = each;
        this.issues = json.createArrayNode();
    }

    /** A parser for a whole answer. */
    JsonParser parser(byte[] body) throws IOException {
        return each ? LenientJson.unbounded(body) : json.getFactory().createParser(body);
    }

    ArrayNode issues() {
        return issues;
    }

    Map<Integer, String> unreadable() {
        return unreadable;
    }

    /** Where each issue begins and ends, two numbers an issue. */
    int[] offsets() {
        int[] offsets = new int[places.size() * 2];
        for (int i = 0; i < places.size(); i++) {
            offsets[2 * i] = places.get(i)[0];
            offsets[2 * i + 1] = places.get(i)[1];
        }
        return offsets;
    }

    /** Reads the array at which a parser of {@link #parser} is. */
    void read(JsonParser parser, byte[] body) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int begin = (int) parser.currentTokenLocation().getByteOffset();
            boolean isObject = parser.currentToken() == JsonToken.START_OBJECT;
            if (isObject && !each) {
                issues.add((JsonNode) parser.readValueAsTree());
            } else {
                Outline outline = new Outline();
                outline.read(parser);
                int end = (int) parser.currentLocation().getByteOffset();
                add(outline, isObject ? tree(body, begin, end) : null, isObject);
            }
            places.add(new int[] {begin, (int) parser.currentLocation().getByteOffset()});
        }
    }

    /** Reads the one issue that some bytes are. */
    void read(byte[] issue) throws IOException {
        JsonNode tree = tree(issue, 0, issue.length);
        Outline outline = new Outline();
        if (tree == null) {
            try (JsonParser parser = LenientJson.unbounded(issue)) {
                parser.nextToken();
                outline.read(parser);
            }
        }
        add(outline, tree, tree == null || tree.isObject());
        places.add(new int[] {0, issue.length});
    }

    private void add(Outline outline, @Nullable JsonNode tree, boolean isObject) {
        if (tree != null && isObject) {
            issues.add(tree);
            return;
        }
        unreadable.put(issues.size(), isObject ? outline.problem() : "What stands in the place of an issue is none.");
        issues.add(outline.stub(json));
    }

    /** The tree; null where it goes beyond what can be read. */
    private @Nullable JsonNode tree(byte[] body, int begin, int end) throws IOException {
        try {
            return json.readTree(body, begin, end - begin);
        } catch (StreamConstraintsException tooMuch) {
            return null;
        }
    }

    /** What a look at the tokens tells of a value of any size: whose it is, and why it cannot be read. */
    private static final class Outline {

        private @Nullable String id;
        private @Nullable String key;
        private int deepest;
        private int longestNumber;

        void read(JsonParser parser) throws IOException {
            int depth = 0;
            String name = null;
            for (JsonToken token = parser.currentToken(); token != null; token = parser.nextToken()) {
                if (token.isStructStart()) {
                    deepest = Math.max(deepest, ++depth);
                } else if (token.isStructEnd()) {
                    depth--;
                } else if (token == JsonToken.FIELD_NAME) {
                    name = depth == 1 ? parser.currentName() : null;
                } else {
                    value(parser, token, depth, name);
                }
                if (depth == 0) {
                    return;
                }
            }
        }

        private void value(JsonParser parser, JsonToken token, int depth, @Nullable String name) throws IOException {
            if (token.isNumeric()) {
                longestNumber = Math.max(longestNumber, parser.getTextLength());
            }
            if (depth == 1 && "id".equals(name)) {
                id = parser.getText();
            } else if (depth == 1 && "key".equals(name)) {
                key = parser.getText();
            }
        }

        String problem() {
            if (deepest > StreamReadConstraints.DEFAULT_MAX_DEPTH) {
                return "The issue is nested " + deepest + " deep; at most " + StreamReadConstraints.DEFAULT_MAX_DEPTH
                        + " can be stored.";
            }
            return longestNumber > StreamReadConstraints.DEFAULT_MAX_NUM_LEN
                    ? "The issue has a number of " + longestNumber + " digits; at most "
                            + StreamReadConstraints.DEFAULT_MAX_NUM_LEN + " can be stored."
                    : "The issue has a text or a name that is too long to be stored.";
        }

        ObjectNode stub(ObjectMapper json) {
            ObjectNode stub = json.createObjectNode();
            if (id != null) {
                stub.put("id", id);
            }
            if (key != null) {
                stub.put("key", key);
            }
            return stub;
        }
    }
}
