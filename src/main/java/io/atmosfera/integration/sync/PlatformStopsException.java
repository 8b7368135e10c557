package io.atmosfera.integration.sync;

import io.atmosfera.integration.outbound.AskedToWait;
import io.atmosfera.integration.outbound.RootCause;
import java.time.Instant;

/** The platform is being stopped: the sync goes on from its checkpoint when one runs again, or at once in another instance. */
public class PlatformStopsException extends RuntimeException implements AskedToWait, RootCause {

    private final Instant until;

    PlatformStopsException(Instant now) {
        super("The platform stops");
        this.until = now;
    }

    @Override
    public Instant until() {
        return until;
    }
}
