package io.atmosfera.integration.sync;

/** The sync's lease went to another instance, so this one must not write for it any more. */
public class SyncTakenOverException extends RuntimeException {

    public SyncTakenOverException(String message) {
        super(message);
    }
}
