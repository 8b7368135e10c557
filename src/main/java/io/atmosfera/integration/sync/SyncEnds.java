package io.atmosfera.integration.sync;

import io.atmosfera.integration.connection.SourceFailures;
import io.atmosfera.integration.connection.Sources;
import io.atmosfera.integration.outbound.RootCause;
import org.springframework.stereotype.Component;

/** Asks a source what a failure of its syncs means, for the routes that sources share. */
@Component("syncEnds")
public class SyncEnds {

    private final Sources sources;

    SyncEnds(Sources sources) {
        this.sources = sources;
    }

    /** See {@link RootCause#of}. */
    public Throwable cause(Throwable failure) {
        return RootCause.of(failure);
    }

    /** See {@link SourceFailures#describe}. */
    public String describe(String source, Throwable failure) {
        return sources.failures(source).describe(failure);
    }

    /** See {@link SourceFailures#isPermanent}. */
    public boolean isPermanent(String source, Throwable failure) {
        return sources.failures(source).isPermanent(failure);
    }

    /** See {@link SourceFailures#isOfTheConnection}. */
    public boolean isOfTheConnection(String source, Throwable failure) {
        return sources.failures(source).isOfTheConnection(failure);
    }

    /** Whether a failure of a stream ends its sync: one that is not {@link SourceFailures#ofOneStream}. */
    public boolean endsSync(String source, Throwable failure) {
        return !sources.failures(source).ofOneStream(failure);
    }
}
