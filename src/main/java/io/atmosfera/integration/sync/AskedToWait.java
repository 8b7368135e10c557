package io.atmosfera.integration.sync;

import java.time.Instant;

/** A failure by which another system asks for patience: a sync waits until then, which uses no attempt. */
public interface AskedToWait {

    /** When the next call makes sense. */
    Instant until();
}
