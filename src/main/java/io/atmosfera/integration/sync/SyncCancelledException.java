package io.atmosfera.integration.sync;

import io.atmosfera.integration.outbound.RootCause;

/** Somebody asked the sync to stop; it did so between two pages. */
public class SyncCancelledException extends RuntimeException implements RootCause {

    public SyncCancelledException(String message) {
        super(message);
    }
}
