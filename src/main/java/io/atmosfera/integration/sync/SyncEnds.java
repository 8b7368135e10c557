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

    /**
     * What a failure means to its source.
     *
     * @param words           see {@link SourceFailures#describe}
     * @param permanent       see {@link SourceFailures#isPermanent}
     * @param ofTheConnection see {@link SourceFailures#isOfTheConnection}
     */
    public record Meaning(String words, boolean permanent, boolean ofTheConnection) {}

    /** What a failure that ends a sync means. */
    public Meaning meaning(String source, Throwable failure) {
        SourceFailures failures = sources.failures(source);
        return new Meaning(
                failures.describe(failure), failures.isPermanent(failure), failures.isOfTheConnection(failure));
    }

    /**
     * Passes where a failure of a stream is not of the others, too; see {@link SourceFailures#ofOneStream}.
     *
     * @throws Throwable the failure, where the sync ends with it
     */
    public void requireOfOneStream(String source, Throwable failure) throws Throwable {
        if (!sources.failures(source).ofOneStream(failure)) {
            throw RootCause.of(failure);
        }
    }
}
