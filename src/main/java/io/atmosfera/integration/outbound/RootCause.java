package io.atmosfera.integration.outbound;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.RuntimeCamelException;
import org.jspecify.annotations.Nullable;

/** A failure that itself says why a flow ended: what is wrapped around it adds nothing, and its own causes say less. */
public interface RootCause {

    /** The failure that says most among a failure and its causes. */
    static Throwable of(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RootCause) {
                return cause;
            }
        }
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
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
