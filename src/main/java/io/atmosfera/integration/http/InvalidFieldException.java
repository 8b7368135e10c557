package io.atmosfera.integration.http;

import java.util.List;

/** One field of the request is wrong for a reason that the contract cannot know: 400. */
public class InvalidFieldException extends ProblemException {

    private static final String SEPARATOR = ": ";

    /** A complaint as {@code FIELD: what would be right}, which is all that a route can say. */
    public InvalidFieldException(String complaint) {
        super(Problem.invalid(List.of(field(complaint))));
    }

    private static Problem.FieldError field(String complaint) {
        String[] parts = complaint.split(SEPARATOR, 2);
        return parts.length == 2
                ? new Problem.FieldError(parts[0], parts[1])
                : new Problem.FieldError("body", complaint);
    }
}
