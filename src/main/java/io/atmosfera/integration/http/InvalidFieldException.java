package io.atmosfera.integration.http;

import java.util.List;

/** A field of the request is wrong: 400. The message is {@code field: what would be right}, for routes to write. */
public class InvalidFieldException extends ProblemException {

    public InvalidFieldException(String message) {
        super(Problem.invalid(List.of(new Problem.FieldError(
                message.substring(0, message.indexOf(':')),
                message.substring(message.indexOf(':') + 1).strip()))));
    }
}
