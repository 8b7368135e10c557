package io.atmosfera.integration.jira;

import io.atmosfera.integration.http.Problem;
import io.atmosfera.integration.http.ProblemException;

/**
 * Jira did not give what was asked for. Its subclasses are the classes of error that call for different action; the
 * message is written for the administrator of the connection, and where somebody waits for an answer it is the problem's.
 */
public abstract class JiraException extends ProblemException {

    JiraException(Problem problem) {
        super(problem);
    }
}
