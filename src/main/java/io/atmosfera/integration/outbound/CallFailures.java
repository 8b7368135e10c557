package io.atmosfera.integration.outbound;

import java.io.IOException;
import org.springframework.stereotype.Component;

/** Tells routes which failures of a call are worth another try. */
@Component("callFailures")
public class CallFailures {

    /** Whether a call may succeed when it is made again soon. */
    public boolean isTransient(Throwable failure) {
        Throwable cause = RootCause.of(failure);
        if (cause instanceof CircuitOpenException) {
            return false;
        }
        return cause instanceof RemoteException remote ? remote.isTransient() : cause instanceof IOException;
    }
}
