package io.atmosfera.integration.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.atmosfera.integration.http.Problem;
import io.atmosfera.integration.http.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * The few values of a delivery that decide where it belongs, by their paths ({@code issue.fields.project.key}), found
 * in one pass that builds no tree. The pass also refuses what is not plain JSON in UTF-8.
 */
final class EnvelopeFields {

    private static final JsonFactory JSON = JsonFactory.builder()
            // Of two equal names, one reader takes the first and another the last: nobody sends that in good faith.
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** The objects that are looked into; all others are only checked. */
    private static final Set<String> OPENED = Set.of(
            "issue",
            "issue.fields",
            "issue.fields.project",
            "comment",
            "worklog",
            "issueLink",
            "sprint",
            "version",
            "project",
            "changelog",
            "repository",
            "pull_request",
            "check_run",
            "check_suite",
            "workflow_run",
            "workflow_job",
            "release",
            "deployment");

    /** The names of the values that are kept; of all others only that they are there. */
    private static final Set<String> KEPT = Set.of(
            "action",
            "full_name",
            "head_sha",
            "id",
            "issueId",
            "key",
            "number",
            "ref",
            "ref_type",
            "run_id",
            "self",
            "sha",
            "sourceIssueId",
            "updated",
            "webhookEvent");

    private static final String ITEMS = "changelog.items";
    private static final String KEY_FIELD = "Key";
    private static final int MOST_OF_A_VALUE = 500;

    private final Map<String, String> values = new HashMap<>();

    private EnvelopeFields() {}

    /**
     * Reads a delivery.
     *
     * @throws ProblemException 400 where it is not an object of JSON in UTF-8
     */
    static EnvelopeFields read(InputStream json) {
        EnvelopeFields fields = new EnvelopeFields();
        // A parser of bytes would guess UTF-16 and UTF-32.
        try (JsonParser parser = JSON.createParser(new InputStreamReader(json, StandardCharsets.UTF_8.newDecoder()))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw refused("must be a JSON object");
            }
            fields.object(parser, "");
            if (parser.nextToken() != null) {
                throw refused("must be one JSON object and nothing behind it");
            }
            return fields;
        } catch (CharacterCodingException notUtf8) {
            throw refused("is not valid UTF-8");
        } catch (IOException malformed) {
            throw refused("is not valid JSON");
        }
    }

    @Nullable
    String text(String path) {
        return values.get(path);
    }

    boolean has(String path) {
        return values.containsKey(path);
    }

    /** The number at a path, as its digits; null if there is none. */
    @Nullable
    String id(String path) {
        String value = values.get(path);
        return value != null
                        && value.length() <= 18
                        && value.chars().allMatch(c -> c >= '0' && c <= '9')
                        && !value.isEmpty()
                ? value
                : null;
    }

    private void object(JsonParser parser, String path) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            String full = path.isEmpty() ? name : path + '.' + name;
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_OBJECT) {
                values.put(full, "");
                if (OPENED.contains(full)) {
                    object(parser, full);
                } else {
                    parser.skipChildren();
                }
            } else if (value == JsonToken.START_ARRAY) {
                if (full.equals(ITEMS)) {
                    items(parser);
                } else {
                    parser.skipChildren();
                }
            } else if (value != JsonToken.VALUE_NULL) {
                // A description is read past, not taken out of the bytes.
                values.put(full, KEPT.contains(name) ? cut(parser.getText()) : "");
            }
        }
    }

    /** Of the changes only a move matters here: it names the project that the issue was in. */
    private void items(JsonParser parser) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                parser.skipChildren();
                continue;
            }
            String field = null;
            String from = null;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals("field")) {
                    field = parser.getValueAsString();
                } else if (name.equals("fromString")) {
                    from = parser.getValueAsString();
                }
                parser.skipChildren();
            }
            if (KEY_FIELD.equals(field) && from != null) {
                values.put("changelog.formerKey", cut(from));
            }
        }
    }

    /** A value that a column and an index can hold: not too long, and without NUL, which PostgreSQL has no place for. */
    static String cut(String value) {
        String some = value.length() <= MOST_OF_A_VALUE ? value : value.substring(0, MOST_OF_A_VALUE);
        return some.indexOf('\0') < 0 ? some : some.replace("\0", "");
    }

    private static ProblemException refused(String reason) {
        return new ProblemException(Problem.of(HttpStatus.BAD_REQUEST, "The body " + reason + "."));
    }
}
