package io.atmosfera.integration.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the values of a row such that PostgreSQL takes them: a moment is one that it knows, and a text that an index has is no
 * longer than an index takes.
 */
final class GitHubValues {

    /** Bytes of UTF-8 of a text by which rows are found; PostgreSQL's index takes 2,704 with all that is beside it. */
    static final int LONGEST_NAME = 1000;

    /** The same of a path, which stands alone. */
    static final int LONGEST_PATH = 2400;

    private static final String MARK = "…";

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
                String text = shortened(value.textValue(), PATHS.contains(name) ? LONGEST_PATH : LONGEST_NAME);
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
        String moment = moment(value.asText(""));
        if (moment == null) {
            unreadable.add(name);
            cut.add(name + " is no date: '" + shortened(value.asText(""), 40) + "'");
        }
        row.put(name, moment);
    }

    /** The moment in a way that PostgreSQL reads; null where it is none. */
    private static @Nullable String moment(String text) {
        try {
            OffsetDateTime moment = OffsetDateTime.parse(text);
            int year = moment.getYear();
            return year < 1 || year > 9999 ? null : moment.toInstant().toString();
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    /** A text of at most so many bytes: what is cut bears a mark and what tells it from others that begin alike. */
    static String shortened(String text, int most) {
        if (text.length() <= most / 4 || text.getBytes(StandardCharsets.UTF_8).length <= most) {
            return text;
        }
        int end = 0;
        for (int bytes = 0; end < text.length(); ) {
            int codePoint = text.codePointAt(end);
            bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            if (bytes > most - 20) {
                break;
            }
            end += Character.charCount(codePoint);
        }
        return text.substring(0, end) + MARK + hash(text);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
