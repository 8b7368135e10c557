package io.atmosfera.integration.sync;

import io.atmosfera.integration.outbound.CircuitOpenException;
import io.atmosfera.integration.outbound.ForbiddenAddressException;
import io.atmosfera.integration.outbound.RemoteException;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** Tells which failures of a page are worth another try. */
@Component("pagePatience")
public class PagePatience {

    /** Whether a call may succeed when it is made again soon. */
    public boolean worthAnotherTry(Throwable failure) {
        Throwable cause = SourceFailures.root(failure);
        if (cause instanceof CircuitOpenException || cause instanceof ForbiddenAddressException) {
            return false;
        }
        return cause instanceof RemoteException remote ? remote.mayPass() : cause instanceof IOException;
    }
}
