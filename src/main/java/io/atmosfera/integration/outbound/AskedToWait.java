package io.atmosfera.integration.outbound;

import java.time.Instant;

/** A failure by which another system asks for patience: who asked waits until then, which uses no attempt. */
public interface AskedToWait {

    /** When the next call makes sense. */
    Instant until();
}
