package io.atmosfera.integration.outbound;

import io.atmosfera.integration.http.Problem;
import io.atmosfera.integration.http.ProblemException;

/**
 * Another system did not give what was asked for. The message is written for the administrator of the connection; where
 * somebody waits for an answer it is the problem's.
 */
public abstract class RemoteException extends ProblemException implements RootCause {

    protected RemoteException(Problem problem) {
        super(problem);
    }

    /** Whether it may be gone when the same is asked again soon. */
    public boolean isTransient() {
        return false;
    }
}
