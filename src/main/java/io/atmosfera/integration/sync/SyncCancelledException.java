package io.atmosfera.integration.sync;

/** Somebody asked the sync to stop; it did so between two pages. */
public class SyncCancelledException extends RuntimeException {

    public SyncCancelledException(String message) {
        super(message);
    }
}
