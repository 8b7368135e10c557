package io.atmosfera.integration.http;

import org.springframework.http.HttpStatus;

/** What the path names does not exist: 404. */
public class NotFoundException extends ProblemException {

    public NotFoundException(String detail) {
        super(Problem.of(HttpStatus.NOT_FOUND, detail));
    }
}
