package io.atmosfera.integration.jira;

import io.atmosfera.integration.http.Problem;
import io.atmosfera.integration.sync.AskedToWait;
import java.time.Duration;
import java.time.Instant;
import org.springframework.http.HttpStatus;

/** Jira asks for patience (429, or 503 with Retry-After). Waiting uses no attempt. */
public class JiraRateLimitException extends JiraException implements AskedToWait {

    private final Instant until;

    JiraRateLimitException(String message, Instant until, Instant now) {
        super(Problem.of(HttpStatus.SERVICE_UNAVAILABLE, message)
                .retryAfter(Math.max(1, (Duration.between(now, until).toMillis() + 999) / 1000)));
        this.until = until;
    }

    @Override
    public Instant until() {
        return until;
    }
}
