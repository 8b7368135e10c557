package io.atmosfera.integration.sync;

import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Asks the bean of a source what a failure means; routes of all sources name it. */
@Component("syncEnds")
public class SyncEnds {

    private final Map<String, SourceFailures> sources;

    SyncEnds(Map<String, SourceFailures> sources) {
        this.sources = sources;
    }

    /** See {@link SourceFailures#cause}. */
    public Throwable cause(String source, Throwable failure) {
        return of(source).cause(failure);
    }

    /** See {@link SourceFailures#describe}. */
    public String describe(String source, Throwable failure) {
        return of(source).describe(failure);
    }

    /** See {@link SourceFailures#hopeless}. */
    public boolean hopeless(String source, Throwable failure) {
        return of(source).hopeless(failure);
    }

    /** See {@link SourceFailures#brokenConnection}. */
    public boolean brokenConnection(String source, Throwable failure) {
        return of(source).brokenConnection(failure);
    }

    /** Whether a failure of a stream ends its sync: one that is not {@link SourceFailures#ofOneStream}. */
    public boolean endsSync(String source, Throwable failure) {
        return !of(source).ofOneStream(failure);
    }

    private SourceFailures of(String source) {
        return Objects.requireNonNull(sources.get(source), "No bean knows the failures of the source");
    }
}
