package io.atmosfera.integration.jira;

import io.atmosfera.integration.jira.JiraRefusalException.Reason;
import io.atmosfera.integration.outbound.CircuitOpenException;
import io.atmosfera.integration.outbound.ConnectionFailures;
import io.atmosfera.integration.outbound.ForbiddenAddressException;
import io.atmosfera.integration.sync.SourceFailures;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says in words that an administrator can act on why a call or a sync failed. */
@Component("jiraFailures")
public class JiraFailures implements SourceFailures {

    private final ConnectionFailures words;

    JiraFailures(JiraProperties properties) {
        this.words = new ConnectionFailures("Jira", "jiraUrl", properties.timeoutMs());
    }

    /** The reason in a sentence; what is not foreseen is logged in full and shown only by its reference. */
    @Override
    public String describe(Throwable failure) {
        return words.describe(failure);
    }

    @Override
    public Throwable cause(Throwable failure) {
        return SourceFailures.root(failure);
    }

    @Override
    public boolean hopeless(Throwable failure) {
        return cause(failure) instanceof JiraRefusalException refusal && refusal.reason() != Reason.NOT_FOUND;
    }

    @Override
    public boolean brokenConnection(Throwable failure) {
        return cause(failure) instanceof JiraRefusalException refusal
                && refusal.reason() != Reason.NOT_FOUND
                && refusal.reason() != Reason.BAD_REQUEST;
    }

    /** Jira has only one stream, its tickets. */
    @Override
    public boolean ofOneStream(Throwable failure) {
        return false;
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

    /**
     * Why something is not there that a sync can do without.
     *
     * @throws JiraException where nothing else will be there either
     */
    public String optional(Throwable failure) throws Throwable {
        Throwable cause = cause(failure);
        if (cause instanceof JiraRefusalException refusal && refusal.reason() == Reason.AUTHENTICATION) {
            throw cause;
        }
        return describe(cause);
    }

    /** Whether it has to be known that Jira knows the account before a failure is believed. */
    public boolean doubtful(Throwable failure) {
        return cause(failure) instanceof JiraRefusalException refusal && refusal.isDoubtful();
    }

    /**
     * Nothing but the failure itself.
     *
     * @throws Throwable that failure
     */
    public byte[] again(Throwable failure) throws Throwable {
        throw cause(failure);
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
