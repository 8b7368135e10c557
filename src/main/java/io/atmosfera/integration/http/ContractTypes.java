package io.atmosfera.integration.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.http.Problem.FieldError;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The contract's types as values that the database takes. JSON Schema lets pass what PostgreSQL does not: a year 0, an offset
 * of 16 hours, a number that is larger than its column.
 */
final class ContractTypes {

    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,19}");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?");
    private static final int LAST_YEAR = 9999;

    /** PostgreSQL takes an offset of less than 16 hours. */
    private static final int WIDEST_OFFSET_SECONDS = 16 * 3600 - 1;

    private static final String A_TIME =
            "must be a date and time with an offset, such as 2026-01-31T12:00:00Z, of the years 1 to 9999";
    private static final String A_DATE = "must be a date such as 2026-01-31, of the years 1 to 9999";

    private final OpenAPI api;

    ContractTypes(OpenAPI api) {
        this.api = api;
    }

    /** A text that is none of its type; the message says what would be right. */
    static final class UnfitException extends Exception {

        UnfitException(String message) {
            super(message);
        }
    }

    /** A parameter's text as its schema's type: Long, Integer, Double, Boolean, OffsetDateTime, LocalDate or String. */
    Object value(Schema<?> given, String text) throws UnfitException {
        Schema<?> schema = resolved(given);
        return switch (String.valueOf(schema.getType())) {
            case "integer" -> whole(text, "int64".equals(schema.getFormat()));
            case "number" -> decimal(text);
            case "boolean" -> truth(text);
            case "array" -> value(Objects.requireNonNull(schema.getItems()), text);
            default -> text(schema, text);
        };
    }

    /** Adds what in a body would not fit, with the path to it. */
    void check(Schema<?> given, JsonNode body, String path, List<FieldError> errors) {
        Schema<?> schema = resolved(given);
        Schema<?> each = schema.getItems();
        if (body.isArray() && each != null) {
            for (int i = 0; i < body.size(); i++) {
                check(each, body.path(i), path + '.' + i, errors);
            }
        } else if (body.isObject()) {
            for (Schema<?> part : parts(schema)) {
                if (part.getProperties() != null) {
                    for (String name : part.getProperties().keySet()) {
                        if (body.has(name)) {
                            check(
                                    part.getProperties().get(name),
                                    body.path(name),
                                    path.isEmpty() ? name : path + '.' + name,
                                    errors);
                        }
                    }
                }
            }
        } else {
            try {
                if (body.isTextual()) {
                    text(schema, body.asText());
                } else if (body.isNumber() && "integer".equals(schema.getType())) {
                    boolean wide = "int64".equals(schema.getFormat());
                    if (!body.isIntegralNumber() || !(wide ? body.canConvertToLong() : body.canConvertToInt())) {
                        throw new UnfitException(number(wide));
                    }
                }
            } catch (UnfitException unfit) {
                errors.add(new FieldError(path, String.valueOf(unfit.getMessage())));
            }
        }
    }

    private static Object text(Schema<?> schema, String text) throws UnfitException {
        return switch (String.valueOf(schema.getFormat())) {
            case "date-time" -> time(text);
            case "date" -> date(text);
            default -> text;
        };
    }

    private static Object whole(String text, boolean wide) throws UnfitException {
        try {
            if (WHOLE.matcher(text).matches()) {
                if (wide) {
                    return Long.valueOf(text);
                }
                return Integer.valueOf(text);
            }
        } catch (NumberFormatException tooLarge) {
            // The same answer as for every other text that is no such number.
        }
        throw new UnfitException(number(wide));
    }

    private static String number(boolean wide) {
        return "must be a whole number up to " + (wide ? Long.MAX_VALUE : Integer.MAX_VALUE) + ", in digits only";
    }

    private static Object decimal(String text) throws UnfitException {
        if (DECIMAL.matcher(text).matches()) {
            return Double.valueOf(text);
        }
        throw new UnfitException("must be a number such as 0.5");
    }

    private static Object truth(String text) throws UnfitException {
        if (Set.of("true", "false").contains(text)) {
            return Boolean.valueOf(text);
        }
        throw new UnfitException("must be true or false");
    }

    private static OffsetDateTime time(String text) throws UnfitException {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            OffsetDateTime inUtc = time.withOffsetSameInstant(ZoneOffset.UTC);
            if (Math.abs(time.getOffset().getTotalSeconds()) <= WIDEST_OFFSET_SECONDS
                    && isOfOurYears(time.getYear())
                    && isOfOurYears(inUtc.getYear())) {
                return inUtc;
            }
        } catch (DateTimeException noTime) {
            // The same answer as for one that is out of range.
        }
        throw new UnfitException(A_TIME);
    }

    private static LocalDate date(String text) throws UnfitException {
        try {
            LocalDate date = LocalDate.parse(text);
            if (isOfOurYears(date.getYear())) {
                return date;
            }
        } catch (DateTimeException noDate) {
            // The same answer as for one that is out of range.
        }
        throw new UnfitException(A_DATE);
    }

    private static boolean isOfOurYears(int year) {
        return year >= 1 && year <= LAST_YEAR;
    }

    private List<Schema<?>> parts(Schema<?> schema) {
        if (schema.getAllOf() == null) {
            return List.of(schema);
        }
        List<Schema<?>> parts = new ArrayList<>(List.of(schema));
        for (Schema<?> part : schema.getAllOf()) {
            parts.addAll(parts(resolved(part)));
        }
        return parts;
    }

    private Schema<?> resolved(Schema<?> schema) {
        Schema<?> at = schema;
        for (String reference = at.get$ref(); reference != null; reference = at.get$ref()) {
            at = Objects.requireNonNull(
                    api.getComponents().getSchemas().get(reference.substring(reference.lastIndexOf('/') + 1)),
                    reference);
        }
        return at;
    }

    /** The schema of a JSON body; null where the operation takes none. */
    static @Nullable Schema<?> ofBody(Operation operation) {
        var body = operation.getRequestBody();
        var json = body == null || body.getContent() == null
                ? null
                : body.getContent().get("application/json");
        return json == null ? null : json.getSchema();
    }
}
