package io.atmosfera.integration.http;

import org.springframework.http.HttpStatus;

/** The request is right but does not go with what there is: 409. */
public class ConflictException extends ProblemException {

    public ConflictException(String detail) {
        super(Problem.of(HttpStatus.CONFLICT, detail));
    }
}
