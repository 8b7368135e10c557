package io.atmosfera.integration.outbound;

import io.atmosfera.integration.http.Problem;
import java.time.Duration;
import java.time.Instant;

/** The other system asks for patience: a call came too soon or was one too many. Waiting uses no attempt. */
public class RateLimited extends CallException implements AskedToWait {

    private final Instant until;

    /** The next call makes sense after a while, which ends at a moment. */
    public RateLimited(String message, Duration wait, Instant until) {
        super(
                Reason.RATE_LIMIT,
                Problem.of(status(Reason.RATE_LIMIT), message).retryAfter(Math.max(1, (wait.toMillis() + 999) / 1000)));
        this.until = until;
    }

    @Override
    public Instant until() {
        return until;
    }
}
