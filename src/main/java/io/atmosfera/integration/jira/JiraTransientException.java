package io.atmosfera.integration.jira;

import io.atmosfera.integration.http.Problem;
import org.springframework.http.HttpStatus;

/** A failure that may be gone the next time: 5xx, a malformed or cut body. Tried again with back-off. */
public class JiraTransientException extends JiraException {

    private static final long RETRY_SECONDS = 30;

    JiraTransientException(String message) {
        super(Problem.of(HttpStatus.SERVICE_UNAVAILABLE, message).retryAfter(RETRY_SECONDS));
    }

    @Override
    public boolean mayPass() {
        return true;
    }
}
