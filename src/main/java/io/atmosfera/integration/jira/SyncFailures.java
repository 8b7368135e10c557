package io.atmosfera.integration.jira;

import io.atmosfera.integration.jira.JiraRefusalException.Reason;
import io.atmosfera.integration.outbound.CircuitOpenException;
import io.atmosfera.integration.outbound.ForbiddenAddressException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.UUID;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Says in words that an administrator can act on why a call or a sync failed. */
@Component("syncFailures")
public class SyncFailures {

    private static final Logger LOG = LoggerFactory.getLogger(SyncFailures.class);

    private final JiraProperties properties;

    SyncFailures(JiraProperties properties) {
        this.properties = properties;
    }

    /** The reason in a sentence; what is not foreseen is logged in full and shown only by its reference. */
    public String describe(Throwable failure) {
        // A name that leads to a forbidden address fails as an unknown host; what lies below says more.
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof JiraException || cause instanceof ForbiddenAddressException) {
                return String.valueOf(cause.getMessage());
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CircuitOpenException) {
                return "Jira failed repeatedly, so it is left alone for a while (the circuit is open).";
            }
            if (cause instanceof UnknownHostException) {
                return "The host name of jiraUrl cannot be resolved. Check its spelling and this server's DNS.";
            }
            if (cause instanceof ConnectTimeoutException && shookNoHands(cause)) {
                return "Jira's host took the connection but did not answer the secure handshake. Check that jiraUrl's "
                        + "port speaks HTTPS.";
            }
            if (cause instanceof ConnectTimeoutException || cause instanceof NoRouteToHostException) {
                return "Jira's host cannot be reached. Check the address, firewalls and proxies between here and there.";
            }
            if (cause instanceof SocketTimeoutException) {
                return "Jira did not answer within " + properties.timeoutMs() + " ms.";
            }
            if (cause instanceof ConnectException) {
                return "Nothing listens at Jira's address (connection refused). Check host and port of jiraUrl.";
            }
            if (cause instanceof SSLException) {
                return "No secure connection to Jira could be made. Check its certificate, and that jiraUrl's port "
                        + "speaks HTTPS.";
            }
            if (cause instanceof IOException) {
                return "The connection to Jira broke before it answered.";
            }
        }
        String reference = UUID.randomUUID().toString();
        LOG.error("A sync failed unexpectedly, reference {}", reference, failure);
        return "Something unexpected happened. The log has it under the reference " + reference + ".";
    }

    /** Where the time ran out while reading, there was a connection already: it is TLS that got no answer. */
    private static boolean shookNoHands(Throwable timeout) {
        return String.valueOf(timeout.getMessage()).contains("Read timed out");
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
