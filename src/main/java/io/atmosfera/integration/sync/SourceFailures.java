package io.atmosfera.integration.sync;

import io.atmosfera.integration.outbound.ForbiddenAddressException;
import io.atmosfera.integration.outbound.RemoteException;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.RuntimeCamelException;

/** What the failures of a source mean for its syncs. */
public interface SourceFailures {

    /** What a flow ended with, without what Camel wraps around it. */
    Throwable cause(Throwable failure);

    /** The reason in a sentence that an administrator can act on. */
    String describe(Throwable failure);

    /** Whether only a person can help, so that trying again soon would only do harm. */
    boolean hopeless(Throwable failure);

    /** Whether a failure says that the whole connection is unusable, and not only what was asked for. */
    boolean brokenConnection(Throwable failure);

    /** Whether a failure is of one stream alone, so that the others of a sync can be walked all the same. */
    boolean ofOneStream(Throwable failure);

    /** The failure that tells most among a failure and its causes. */
    static Throwable root(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RemoteException
                    || cause instanceof ForbiddenAddressException
                    || cause instanceof SyncCancelledException
                    || cause instanceof PlatformStopsException
                    || cause instanceof SyncTakenOverException) {
                return cause;
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return cause;
            }
        }
        return unwrapped(failure);
    }

    /** A failure without what Camel and futures wrap around it. */
    static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CamelExchangeException
                        || cause instanceof RuntimeCamelException
                        || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
