package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.misc.OnigUtils;
import org.joni.Matcher;
import org.joni.Option;
import org.joni.Region;
import org.jspecify.annotations.Nullable;

/**
 * jq's regular expressions within an {@link ExpressionBudget}: those of jackson-jq go on for as long as a pattern such as
 * {@code (a+)+$} makes them, and take one more stack frame for each match.
 */
final class MappingRegex {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private MappingRegex() {}

    private interface Use {
        void with(String text, OnigUtils.Pattern pattern) throws JsonQueryException;
    }

    /** {@code _match_impl(re; flags; test)}, on which jq's match, test, capture and scan are built. */
    static final Function MATCH = (scope, arguments, in, path, output, version) -> arguments
            .get(2)
            .apply(
                    scope,
                    in,
                    test -> each(scope, arguments, in, null, (text, pattern) -> {
                        ArrayNode matches = matches(text, pattern, test.asBoolean());
                        output.emit(test.asBoolean() ? BooleanNode.valueOf(!matches.isEmpty()) : matches, null);
                    }));

    /** {@code splits(re; flags)}. */
    static final Function SPLITS =
            (scope, arguments, in, path, output, version) -> each(scope, arguments, in, "g", (text, pattern) -> {
                int from = 0;
                for (JsonNode match : matches(text, pattern, false)) {
                    int at = text.offsetByCodePoints(0, match.path("offset").asInt());
                    output.emit(TextNode.valueOf(text.substring(from, at)), null);
                    from = at + match.path("string").textValue().length();
                }
                output.emit(TextNode.valueOf(text.substring(from)), null);
            });

    /** {@code _sub_impl(re; replacement; flags)}, on which sub and gsub are built. */
    static final Function SUB = (scope, arguments, in, path, output, version) ->
            each(scope, List.of(arguments.get(0), arguments.get(2)), in, null, (text, pattern) -> {
                StringBuilder result = new StringBuilder();
                int from = 0;
                for (JsonNode match : matches(text, pattern, false)) {
                    int at = text.offsetByCodePoints(0, match.path("offset").asInt());
                    result.append(text, from, at).append(replacement(scope, arguments.get(1), match));
                    ExpressionBudget.current().checkLength(result.length());
                    from = at + match.path("string").textValue().length();
                }
                output.emit(
                        TextNode.valueOf(
                                result.append(text, from, text.length()).toString()),
                        null);
            });

    private static String replacement(Scope scope, Expression expression, JsonNode match) throws JsonQueryException {
        ObjectNode captures = NODES.objectNode();
        for (JsonNode capture : match.path("captures")) {
            if (capture.path("name").isTextual()) {
                captures.set(capture.path("name").textValue(), capture.path("string"));
            }
        }
        String[] replacement = new String[1];
        expression.apply(scope, captures, value -> {
            if (!value.isTextual()) {
                throw new JsonQueryException("a replacement must be a text");
            }
            replacement[0] = replacement[0] == null ? value.textValue() : replacement[0];
        });
        return replacement[0] == null ? "" : replacement[0];
    }

    /** Calls back for each pattern and flags that the first two arguments give. */
    private static void each(Scope scope, List<Expression> arguments, JsonNode in, @Nullable String always, Use use)
            throws JsonQueryException {
        arguments.get(0).apply(scope, in, expression -> arguments.get(1).apply(scope, in, flags -> {
            if (!in.isTextual() || !expression.isTextual() || !(flags.isTextual() || flags.isNull())) {
                throw new JsonQueryException(
                        "a regular expression needs a text to look at, a pattern and flags as texts");
            }
            String modifiers = (always == null ? "" : always) + (flags.isNull() ? "" : flags.textValue());
            OnigUtils.Pattern pattern;
            try {
                pattern = new OnigUtils.Pattern(expression.textValue(), modifiers.isEmpty() ? null : modifiers);
            } catch (RuntimeException wrong) {
                throw new JsonQueryException(
                        "'" + expression.textValue() + "' is no regular expression: " + wrong.getMessage());
            }
            use.with(in.textValue(), pattern);
        }));
    }

    private static ArrayNode matches(String text, OnigUtils.Pattern pattern, boolean one) {
        ExpressionBudget budget = ExpressionBudget.current();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int[] characters = characters(bytes);
        ArrayNode matches = NODES.arrayNode();
        int start = 0;
        while (start <= bytes.length) {
            budget.step();
            budget.checkMembers(matches.size());
            Matcher matcher = pattern.regex.matcher(bytes, 0, bytes.length, budget.remainingNanos());
            int found = search(matcher, start, bytes.length);
            if (found < 0) {
                break;
            }
            Region region = matcher.getEagerRegion();
            matches.add(match(bytes, characters, region, pattern.names));
            if (!pattern.global || one) {
                break;
            }
            int end = region.getEnd(0);
            start = end > region.getBeg(0) ? end : next(bytes, end);
        }
        return matches;
    }

    private static int search(Matcher matcher, int start, int end) {
        try {
            return matcher.searchInterruptible(start, end, Option.NONE);
        } catch (InterruptedException timeout) {
            if (Thread.currentThread().isInterrupted()) {
                Thread.currentThread().interrupt();
            }
            throw new ExpressionBudget.ExceededException("has a regular expression that takes too long");
        }
    }

    /** Where the next character begins: a match of nothing must not be found again. */
    private static int next(byte[] utf8, int at) {
        int next = at + 1;
        while (next < utf8.length && (utf8[next] & 0xC0) == 0x80) {
            next++;
        }
        return next;
    }

    private static ObjectNode match(byte[] bytes, int[] characters, Region region, String[] names) {
        ObjectNode match = part(bytes, characters, region.getBeg(0), region.getEnd(0));
        ArrayNode captures = match.putArray("captures");
        for (int group = 1; group < region.getNumRegs(); group++) {
            ObjectNode capture = part(bytes, characters, region.getBeg(group), region.getEnd(group));
            capture.put("name", group < names.length ? names[group] : null);
            captures.add(capture);
        }
        return match;
    }

    private static ObjectNode part(byte[] bytes, int[] characters, int begin, int end) {
        ObjectNode part = NODES.objectNode();
        if (begin < 0) {
            return part.put("offset", -1).put("length", 0).putNull("string");
        }
        return part.put("offset", characters[begin])
                .put("length", characters[end] - characters[begin])
                .put("string", new String(bytes, begin, end - begin, StandardCharsets.UTF_8));
    }

    /** How many characters begin before each byte: jq counts characters. */
    private static int[] characters(byte[] utf8) {
        int[] characters = new int[utf8.length + 1];
        for (int i = 0; i < utf8.length; i++) {
            boolean continued = i + 1 < utf8.length && (utf8[i + 1] & 0xC0) == 0x80;
            characters[i + 1] = characters[i] + (continued ? 0 : 1);
        }
        return characters;
    }
}
