package io.atmosfera.integration.source;

import io.atmosfera.integration.outbound.ConnectionFailures;
import io.atmosfera.integration.outbound.ConnectionResult;
import io.atmosfera.integration.source.RestException.Reason;
import io.atmosfera.integration.sync.AskedToWait;
import io.atmosfera.integration.sync.SourceFailures;
import io.atmosfera.integration.sync.UnusableListException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What the failures of a source of the routes folder mean, for its syncs and for tests of its connections. */
@Component("restFailures")
public class RestFailures implements SourceFailures {

    private static final int MOST_OF_A_MESSAGE = 300;

    private static final Set<Reason> OF_ONE_STREAM = Set.of(Reason.PERMISSION, Reason.NOT_FOUND, Reason.MAPPING);
    private static final Set<Reason> OF_THE_CONNECTION =
            Set.of(Reason.AUTHENTICATION, Reason.NOT_THE_API, Reason.PERMISSION, Reason.NOT_FOUND);

    private final ConnectionFailures words;

    // One HTTP client calls them all.
    RestFailures(@Value("${platform.jira.timeout-ms:30000}") int timeoutMs) {
        this.words = new ConnectionFailures("The source", "url", timeoutMs);
    }

    @Override
    public Throwable cause(Throwable failure) {
        return SourceFailures.root(failure);
    }

    @Override
    public String describe(Throwable failure) {
        JsonQueryException jq = inMapping(failure);
        if (jq == null) {
            return words.describe(failure);
        }
        String said = String.valueOf(jq.getMessage());
        return "The mapping does not fit what came: "
                + (said.length() > MOST_OF_A_MESSAGE ? said.substring(0, MOST_OF_A_MESSAGE) + "…" : said);
    }

    @Override
    public boolean hopeless(Throwable failure) {
        return is(failure, OF_THE_CONNECTION)
                || is(failure, Set.of(Reason.BAD_REQUEST, Reason.MAPPING))
                || inMapping(failure) != null;
    }

    @Override
    public boolean brokenConnection(Throwable failure) {
        return is(failure, OF_THE_CONNECTION);
    }

    @Override
    public boolean ofOneStream(Throwable failure) {
        return is(failure, OF_ONE_STREAM)
                || inMapping(failure) != null
                || cause(failure) instanceof UnusableListException;
    }

    /** The result of a test that went well. */
    public ConnectionResult passed(long started) {
        return new ConnectionResult(true, null, null, null, null, ConnectionResult.since(started), null, null, null);
    }

    /** The result of a test that did not. */
    public ConnectionResult failed(
            Throwable failure, @Nullable String step, @Nullable Long started, RestConnection connection) {
        return ConnectionResult.failed(
                describe(failure),
                started,
                cause(failure) instanceof AskedToWait asked
                        ? OffsetDateTime.ofInstant(asked.until(), ZoneOffset.UTC)
                        : null);
    }

    private boolean is(Throwable failure, Set<Reason> reasons) {
        return cause(failure) instanceof RestException refusal && reasons.contains(refusal.reason());
    }

    private static @Nullable JsonQueryException inMapping(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof JsonQueryException jq) {
                return jq;
            }
        }
        return null;
    }
}
