package io.atmosfera.integration.inbox;

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
public final class EnvelopeFields {

    private static final JsonFactory JSON = JsonFactory.builder()
            // Of two equal names, one reader takes the first and another the last: nobody sends that in good faith.
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final int MOST_OF_A_VALUE = 500;

    /**
     * What is looked for.
     *
     * @param opened the paths of the objects that are looked into; all others are only checked
     * @param kept   the names of the values that are kept; of all others only that they are there
     * @param change a change that matters, in a list of changes; null if none does
     */
    public record Wanted(Set<String> opened, Set<String> kept, @Nullable Change change) {}

    /**
     * A change among those that an event names.
     *
     * @param list  the path of the list of changes
     * @param field what its member {@code field} has to be
     * @param path  the path under which its member {@code fromString} is kept
     */
    public record Change(String list, String field, String path) {}

    private final Wanted wanted;
    private final Map<String, String> values = new HashMap<>();

    private EnvelopeFields(Wanted wanted) {
        this.wanted = wanted;
    }

    /**
     * Reads a delivery.
     *
     * @throws ProblemException 400 where it is not an object of JSON in UTF-8
     */
    public static EnvelopeFields read(InputStream json, Wanted wanted) {
        EnvelopeFields fields = new EnvelopeFields(wanted);
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

    public @Nullable String text(String path) {
        return values.get(path);
    }

    public boolean has(String path) {
        return values.containsKey(path);
    }

    /** The number at a path, as its digits; null if there is none. */
    public @Nullable String id(String path) {
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
                if (wanted.opened().contains(full)) {
                    object(parser, full);
                } else {
                    parser.skipChildren();
                }
            } else if (value == JsonToken.START_ARRAY) {
                Change change = wanted.change();
                if (change != null && full.equals(change.list())) {
                    changes(parser, change);
                } else {
                    parser.skipChildren();
                }
            } else if (value != JsonToken.VALUE_NULL) {
                // A description is read past, not taken out of the bytes.
                values.put(full, wanted.kept().contains(name) ? cut(parser.getText()) : "");
            }
        }
    }

    private void changes(JsonParser parser, Change change) throws IOException {
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
            if (change.field().equals(field) && from != null) {
                values.put(change.path(), cut(from));
            }
        }
    }

    /** A value that a column and an index can hold: not too long, and without NUL, which PostgreSQL has no place for. */
    public static String cut(String value) {
        String some = value.length() <= MOST_OF_A_VALUE ? value : value.substring(0, MOST_OF_A_VALUE);
        return some.indexOf('\0') < 0 ? some : some.replace("\0", "");
    }

    private static ProblemException refused(String reason) {
        return new ProblemException(Problem.of(HttpStatus.BAD_REQUEST, "The body " + reason + "."));
    }
}
