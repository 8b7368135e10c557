package io.atmosfera.integration.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * An error as clients see it (RFC 9457): never a stack trace, an SQL text, a secret or a class name.
 *
 * @param type      what kind of problem, {@code about:blank} where the status says it all
 * @param title     the kind in words
 * @param status    the HTTP status
 * @param detail    what happened this time and what would be right
 * @param errors    the fields that are wrong, for invalid input
 * @param retryAfterSeconds when a later try makes sense, sent as {@code Retry-After}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        @Nullable String detail,
        List<FieldError> errors,
        @JsonIgnore @Nullable Long retryAfterSeconds) {

    public static final String MEDIA_TYPE = "application/problem+json";

    /** A field of the request, by its path in the body or its parameter's name, and what would be right. */
    public record FieldError(String field, String message) {}

    public static Problem of(HttpStatus status, @Nullable String detail) {
        return new Problem("about:blank", status.getReasonPhrase(), status.value(), detail, List.of(), null);
    }

    public static Problem invalid(List<FieldError> errors) {
        String detail = errors.isEmpty()
                ? "The request is not valid."
                : errors.get(0).field() + ": " + errors.get(0).message();
        return new Problem(
                "about:blank", "Invalid request", HttpStatus.BAD_REQUEST.value(), detail, List.copyOf(errors), null);
    }

    public Problem retryAfter(long seconds) {
        return new Problem(type, title, status, detail, errors, seconds);
    }
}
