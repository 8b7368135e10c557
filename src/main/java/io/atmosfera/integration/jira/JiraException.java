package io.atmosfera.integration.jira;

import io.atmosfera.integration.http.Problem;
import io.atmosfera.integration.outbound.RemoteException;

/** Jira did not give what was asked for. Its subclasses are the classes of error that call for different action. */
public abstract class JiraException extends RemoteException {

    JiraException(Problem problem) {
        super(problem);
    }
}
