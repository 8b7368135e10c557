package io.atmosfera.integration.outbound;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON of other systems. What is nested deeper than 500 levels, and numbers of more than 1,000 digits, are cut with a
 * mark instead of costing the whole answer. (Our own clients mostly read a thousand levels, and we put ours around it.)
 */
public final class LenientJson {

    private static final String CUT = "…";
    private static final int DEEPEST = 500;
    private static final int LONGEST_NUMBER = StreamReadConstraints.DEFAULT_MAX_NUM_LEN;

    private static final JsonFactory BOUNDED = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    private static final JsonFactory UNBOUNDED = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1_000_000)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private LenientJson() {}

    /**
     * The tree of some bytes; missing where there are none.
     *
     * @throws IOException where they are no JSON
     */
    public static JsonNode read(byte[] bytes, ObjectMapper json) throws IOException {
        try (JsonParser parser = BOUNDED.createParser(bytes)) {
            JsonNode tree = json.readTree(parser);
            return tree == null ? MissingNode.getInstance() : tree;
        } catch (StreamConstraintsException tooMuch) {
            try (JsonParser parser = unbounded(bytes)) {
                parser.setCodec(json);
                return cut(parser, json);
            }
        }
    }

    /** A parser of what no tree should be made of: it takes values of any size, and a million levels. */
    public static JsonParser unbounded(byte[] bytes) throws IOException {
        return UNBOUNDED.createParser(bytes);
    }

    private static JsonNode cut(JsonParser parser, ObjectMapper json) throws IOException {
        Deque<ContainerNode<?>> open = new ArrayDeque<>();
        Deque<String> names = new ArrayDeque<>();
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (token == JsonToken.FIELD_NAME) {
                continue;
            }
            if (token.isStructEnd()) {
                ContainerNode<?> done = open.pop();
                String name = names.pop();
                if (open.isEmpty()) {
                    return done;
                }
                add(open.peek(), name, done);
            } else if (token.isStructStart() && open.size() < DEEPEST) {
                names.push(parser.currentName() == null ? "" : parser.currentName());
                open.push(token == JsonToken.START_OBJECT ? json.createObjectNode() : json.createArrayNode());
            } else {
                JsonNode value = token.isStructStart() ? skipped(parser) : scalar(parser, token);
                if (open.isEmpty()) {
                    return value;
                }
                add(open.peek(), parser.currentName(), value);
            }
        }
        return MissingNode.getInstance();
    }

    private static JsonNode skipped(JsonParser parser) throws IOException {
        parser.skipChildren();
        return TextNode.valueOf(CUT);
    }

    private static JsonNode scalar(JsonParser parser, JsonToken token) throws IOException {
        return token.isNumeric() && parser.getTextLength() > LONGEST_NUMBER
                ? TextNode.valueOf(parser.getText().substring(0, LONGEST_NUMBER) + CUT)
                : parser.readValueAsTree();
    }

    private static void add(@Nullable ContainerNode<?> container, @Nullable String name, JsonNode value) {
        if (container instanceof ArrayNode array) {
            array.add(value);
        } else if (container instanceof ObjectNode object) {
            object.set(name == null ? "" : name, value);
        }
    }
}
