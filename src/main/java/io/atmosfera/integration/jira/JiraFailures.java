package io.atmosfera.integration.jira;

import io.atmosfera.integration.connection.SourceFailures;
import io.atmosfera.integration.outbound.CallException;
import io.atmosfera.integration.outbound.CallException.Reason;
import io.atmosfera.integration.outbound.ConnectionFailures;
import io.atmosfera.integration.outbound.RefusedException;
import io.atmosfera.integration.outbound.RootCause;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What Jira's failures mean. Jira has only one stream, its tickets; that it does not have something may be gone the next time. */
@Component("jiraFailures")
public class JiraFailures extends SourceFailures {

    JiraFailures(JiraProperties properties) {
        super(
                new ConnectionFailures("Jira", "jiraUrl", properties.timeoutMs()),
                Set.of(Reason.AUTHENTICATION, Reason.PERMISSION, Reason.GONE, Reason.NOT_THE_API),
                Set.of());
    }

    /**
     * Nothing, where Jira does not have what was asked for.
     *
     * @throws CallException any other failure
     */
    public byte @Nullable [] missing(Throwable failure) throws Throwable {
        Throwable cause = RootCause.of(failure);
        if (cause instanceof RefusedException refusal && refusal.reason() == Reason.NOT_FOUND) {
            return null;
        }
        throw cause;
    }

    /**
     * Why something is not there that a sync can do without.
     *
     * @throws CallException where nothing else will be there either
     */
    public String optional(Throwable failure) throws Throwable {
        Throwable cause = RootCause.of(failure);
        if (cause instanceof RefusedException refusal && refusal.reason() == Reason.AUTHENTICATION) {
            throw cause;
        }
        return describe(cause);
    }

    /** Whether it has to be known that Jira knows the account before a failure is believed. */
    public boolean isDoubtful(Throwable failure) {
        return RootCause.of(failure) instanceof RefusedException refusal && refusal.isDoubtful();
    }

    /**
     * Nothing but the failure itself.
     *
     * @throws Throwable that failure
     */
    public byte[] again(Throwable failure) throws Throwable {
        throw RootCause.of(failure);
    }

    /** Says that a call is made again. */
    public String tryingAgain(int redeliveries) {
        return "Jira did not answer properly; trying again (attempt " + (redeliveries + 1) + ")";
    }
}
