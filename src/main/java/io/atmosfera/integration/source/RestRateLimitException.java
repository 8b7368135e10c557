package io.atmosfera.integration.source;

import io.atmosfera.integration.sync.AskedToWait;
import java.time.Duration;
import java.time.Instant;

/** A source asks for patience: a call came too soon or was one too many. */
public class RestRateLimitException extends RestException implements AskedToWait {

    private final Instant until;

    /** The next call makes sense after a while, which ends at a moment. */
    RestRateLimitException(String message, Duration wait, Instant until) {
        super(message, wait);
        this.until = until;
    }

    @Override
    public Instant until() {
        return until;
    }
}
