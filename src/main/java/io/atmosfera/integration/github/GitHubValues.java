package io.atmosfera.integration.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.database.StorableText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Goes through the values of a row of GitHub's: {@link StorableText} makes each such that PostgreSQL takes it. Here is known which
 * are moments, which texts an index has, and how long they may be there.
 */
final class GitHubValues {

    /** Bytes of UTF-8 of a text by which rows are found; PostgreSQL's index takes 2,704 with all that is beside it. */
    static final int LONGEST_NAME = 1000;

    /** The same of a path, which stands alone. */
    static final int LONGEST_PATH = 2400;

    /** Texts that no index has: they may be as long as GitHub lets them be. */
    private static final Set<String> LONG = Set.of("message", "title", "body", "description");

    private static final Set<String> PATHS = Set.of("path", "previous_path");

    /** One of these moments stands for the other where that cannot be read. */
    private static final Map<String, String> INSTEAD = Map.of(
            "authored_at", "committed_at",
            "committed_at", "authored_at",
            "started_at", "created_at",
            "updated_at", "created_at");

    private final List<String> cut = new ArrayList<>();
    private final Set<String> unreadable = new HashSet<>();

    /** What was cut or left out, in words. */
    List<String> cut() {
        return cut;
    }

    /** Mends a row in its place. */
    void mend(ObjectNode row) {
        for (String name : names(row)) {
            JsonNode value = row.get(name);
            if (name.endsWith("_at")) {
                moment(row, name, value);
            } else if (value.isTextual() && !LONG.contains(name)) {
                String text =
                        StorableText.cutApart(value.textValue(), PATHS.contains(name) ? LONGEST_PATH : LONGEST_NAME);
                if (!text.equals(value.textValue())) {
                    row.put(name, text);
                    cut.add(name + " is too long and was cut");
                }
            } else if (value instanceof ArrayNode inner && name.equals("files")) {
                inner.forEach(file -> {
                    if (file instanceof ObjectNode one) {
                        mend(one);
                    }
                });
            }
        }
        INSTEAD.forEach((name, other) -> {
            if (unreadable.contains(name) && row.path(other).isTextual()) {
                row.set(name, row.get(other));
            }
        });
    }

    private static List<String> names(ObjectNode row) {
        List<String> names = new ArrayList<>();
        row.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private void moment(ObjectNode row, String name, JsonNode value) {
        if (value.isNull()) {
            return;
        }
        String moment = StorableText.moment(value.asText(""));
        if (moment == null) {
            unreadable.add(name);
            cut.add(name + " is no date: '" + StorableText.cut(value.asText(""), 40) + "'");
        }
        row.put(name, moment);
    }
}
