package io.atmosfera.integration.connection;

import io.atmosfera.integration.outbound.AskedToWait;
import io.atmosfera.integration.outbound.CallException;
import io.atmosfera.integration.outbound.CallException.Reason;
import io.atmosfera.integration.outbound.ConnectionFailures;
import io.atmosfera.integration.outbound.ConnectionResult;
import io.atmosfera.integration.outbound.RootCause;
import io.atmosfera.integration.outbound.UnusableListException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the failures of a source mean, for its syncs, its events and the tests of its connections. */
public class SourceFailures {

    /** What no other connection and no other time would change, but another request. */
    private static final Set<Reason> OF_THE_REQUEST = Set.of(Reason.BAD_REQUEST, Reason.MAPPING);

    private final ConnectionFailures words;
    private final Set<Reason> ofTheConnection;
    private final Set<Reason> ofOneStream;

    /**
     * What differs from source to source.
     *
     * @param words           how a failure is said
     * @param ofTheConnection why a connection is unusable
     * @param ofOneStream     why a stream cannot be read, while others can
     */
    public SourceFailures(ConnectionFailures words, Set<Reason> ofTheConnection, Set<Reason> ofOneStream) {
        this.words = words;
        this.ofTheConnection = ofTheConnection;
        this.ofOneStream = ofOneStream;
    }

    /** The reason in a sentence that an administrator can act on; what is not foreseen is logged in full and shown by its reference. */
    public String describe(Throwable failure) {
        return words.describe(failure);
    }

    /** Whether only a person can help, so that trying again soon would only do harm. */
    public boolean isPermanent(Throwable failure) {
        return is(failure, ofTheConnection) || is(failure, OF_THE_REQUEST);
    }

    /** Whether a failure says that the whole connection is unusable, and not only what was asked for. */
    public boolean isOfTheConnection(Throwable failure) {
        return is(failure, ofTheConnection);
    }

    /** Whether a failure is of one stream alone, so that the others of a sync can be read all the same. */
    public boolean ofOneStream(Throwable failure) {
        return is(failure, ofOneStream)
                || (!ofOneStream.isEmpty() && RootCause.of(failure) instanceof UnusableListException);
    }

    /** The result of a test of a connection that failed. */
    public ConnectionResult resultOf(Throwable failure, @Nullable Long started) {
        return ConnectionResult.failed(
                describe(failure),
                started,
                RootCause.of(failure) instanceof AskedToWait asked
                        ? OffsetDateTime.ofInstant(asked.until(), ZoneOffset.UTC)
                        : null);
    }

    private boolean is(Throwable failure, Set<Reason> reasons) {
        return RootCause.of(failure) instanceof CallException refusal && reasons.contains(refusal.reason());
    }
}
