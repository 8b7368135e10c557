package io.atmosfera.integration.jira;

import io.atmosfera.integration.jira.JiraRefusalException.Reason;
import io.atmosfera.integration.outbound.CircuitOpenException;
import io.atmosfera.integration.outbound.ConnectionFailures;
import io.atmosfera.integration.outbound.ForbiddenAddressException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says in words that an administrator can act on why a call or a sync failed. */
@Component("syncFailures")
public class SyncFailures {

    private final ConnectionFailures words;

    SyncFailures(JiraProperties properties) {
        this.words = new ConnectionFailures("Jira", "jiraUrl", properties.timeoutMs());
    }

    /** The reason in a sentence; what is not foreseen is logged in full and shown only by its reference. */
    public String describe(Throwable failure) {
        return words.describe(failure);
    }

    /** What a flow ended with, without what Camel wraps around it. */
    public Throwable cause(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof JiraException
                    || cause instanceof ForbiddenAddressException
                    || cause instanceof SyncCancelledException
                    || cause instanceof SyncTakenOverException) {
                return cause;
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return cause;
            }
        }
        return failure;
    }

    /** Whether only a person can help, so that trying again soon would only do harm. */
    public boolean hopeless(Throwable failure) {
        return cause(failure) instanceof JiraRefusalException refusal && refusal.reason() != Reason.NOT_FOUND;
    }

    /** Whether a failure says that the whole connection is unusable, and not only what was asked for. */
    public boolean brokenConnection(Throwable failure) {
        return cause(failure) instanceof JiraRefusalException refusal
                && refusal.reason() != Reason.NOT_FOUND
                && refusal.reason() != Reason.BAD_REQUEST;
    }

    /**
     * Nothing, where Jira does not have what was asked for.
     *
     * @throws JiraException any other failure
     */
    public byte @Nullable [] missing(Throwable failure) throws Throwable {
        Throwable cause = cause(failure);
        if (cause instanceof JiraRefusalException refusal && refusal.reason() == Reason.NOT_FOUND) {
            return null;
        }
        throw cause;
    }

    /** Whether a call may succeed when it is made again. */
    public boolean transientFailure(Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof CircuitOpenException || cause instanceof ForbiddenAddressException) {
            return false;
        }
        return cause instanceof JiraTransientException || cause instanceof IOException;
    }

    /** Says that a call is made again. */
    public String tryingAgain(int redeliveries) {
        return "Jira did not answer properly; trying again (attempt " + (redeliveries + 1) + ")";
    }
}
