package io.atmosfera.integration.outbound;

import java.io.IOException;
import java.time.Duration;

/** The circuit of a connection is open after repeated failures: the call was not made. */
public class CircuitOpenException extends IOException {

    private final Duration retryAfter;

    CircuitOpenException(Duration retryAfter) {
        super("The circuit is open after repeated failures; no call is made for " + retryAfter.toSeconds() + " s");
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
