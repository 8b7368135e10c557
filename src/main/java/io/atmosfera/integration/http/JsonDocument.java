package io.atmosfera.integration.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import org.springframework.http.HttpStatus;

/** A body of the API: one document of JSON, with nothing in it that could not be stored or sent on. */
final class JsonDocument {

    private static final JsonFactory STRICT = JsonFactory.builder()
            // Of two equal names, one reader takes the first and another the last.
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final ObjectMapper TREE = new ObjectMapper();

    /** Written out, a number has at most so many digits; 1e999999999 would fill the memory. */
    private static final int MOST_DIGITS = 1000;

    private JsonDocument() {}

    /**
     * Reads a document.
     *
     * @throws ProblemException 400 where it is not one document of JSON, or has what is no text or no usual number
     */
    static JsonNode read(String text) {
        try {
            check(text);
            return TREE.readTree(text);
        } catch (StreamConstraintsException e) {
            throw refused("The body is nested too deep, or has a name, a number or a text that is too long.");
        } catch (JacksonException malformed) {
            throw refused("The body is not valid JSON: " + where(malformed));
        } catch (IOException e) {
            throw new IllegalStateException("A text is always readable", e);
        }
    }

    private static void check(String text) throws IOException {
        try (JsonParser parser = STRICT.createParser(text)) {
            if (parser.nextToken() == null) {
                throw refused("The body is not valid JSON: it is empty.");
            }
            int depth = 0;
            for (JsonToken token = parser.currentToken(); token != null; token = parser.nextToken()) {
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                } else if (token == JsonToken.FIELD_NAME) {
                    checkText(parser, parser.currentName());
                } else if (token == JsonToken.VALUE_STRING) {
                    checkText(parser, parser.getText());
                } else if (token.isNumeric()) {
                    checkNumber(parser);
                }
                if (depth == 0) {
                    break;
                }
            }
            if (depth > 0) {
                throw refused("The body is not valid JSON: it ends too early.");
            }
            if (parser.nextToken() != null) {
                throw refused("The body must be one JSON document with nothing behind it.");
            }
        }
    }

    private static void checkText(JsonParser parser, String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '\0') {
                throw ProblemException.invalid(field(parser), "must not contain the character NUL");
            }
            if (Character.isHighSurrogate(character)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(character)) {
                throw ProblemException.invalid(field(parser), "must be text: it contains one half of a surrogate pair");
            }
        }
    }

    private static void checkNumber(JsonParser parser) throws IOException {
        BigDecimal number = new BigDecimal(parser.getText());
        if (Math.abs((long) number.precision() - number.scale()) > MOST_DIGITS
                || Math.abs((long) number.scale()) > MOST_DIGITS) {
            throw ProblemException.invalid(field(parser), "must be a number of at most " + MOST_DIGITS + " digits");
        }
    }

    private static String field(JsonParser parser) {
        String path = parser.getParsingContext().pathAsPointer().toString().replaceFirst("^/", "");
        return path.isEmpty() || path.chars().anyMatch(c -> c == 0 || Character.isSurrogate((char) c))
                ? "body"
                : path.replace('/', '.');
    }

    /** Where JSON is malformed, in words; what the parser says itself names its own classes and switches. */
    static String where(JacksonException malformed) {
        var location = malformed.getLocation();
        return location == null
                ? "it ends too early."
                : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ".";
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(Problem.of(HttpStatus.BAD_REQUEST, detail));
    }
}
