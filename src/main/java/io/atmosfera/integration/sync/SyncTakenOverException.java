package io.atmosfera.integration.sync;

import io.atmosfera.integration.outbound.RootCause;

/** The sync's lease went to another instance, so this one must not write for it any more. */
public class SyncTakenOverException extends RuntimeException implements RootCause {

    public SyncTakenOverException(String message) {
        super(message);
    }
}
