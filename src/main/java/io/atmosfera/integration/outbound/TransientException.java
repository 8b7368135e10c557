package io.atmosfera.integration.outbound;

import io.atmosfera.integration.http.Problem;

/** A failure that may be gone the next time, such as a 5xx or a cut body. It is tried again with back-off. */
public class TransientException extends CallException {

    private static final long RETRY_SECONDS = 30;

    public TransientException(String message) {
        super(Reason.TRANSIENT, Problem.of(status(Reason.TRANSIENT), message).retryAfter(RETRY_SECONDS));
    }

    @Override
    public boolean isTransient() {
        return true;
    }
}
