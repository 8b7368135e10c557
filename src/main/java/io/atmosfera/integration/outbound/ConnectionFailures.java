package io.atmosfera.integration.outbound;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.UUID;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in words that an administrator can act on why a call failed.
 *
 * @param system    who is called, Jira or GitHub
 * @param field     the field of the configuration that has the address
 * @param timeoutMs how long an answer is waited for, in milliseconds
 */
public record ConnectionFailures(String system, String field, int timeoutMs) {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionFailures.class);

    /** The reason in a sentence; what is not foreseen is logged in full and shown only by its reference. */
    public String describe(Throwable failure) {
        // A name that leads to a forbidden address fails as an unknown host; what lies below says more.
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RemoteException || cause instanceof ForbiddenAddressException) {
                return String.valueOf(cause.getMessage());
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String words = network(cause);
            if (words != null) {
                return words;
            }
        }
        String reference = UUID.randomUUID().toString();
        LOG.error("A call to {} failed unexpectedly, reference {}", system, reference, failure);
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refusal && isOfAValue(refusal)) {
                return "The database refuses a value that " + system + " gave (SQL state " + refusal.getSQLState()
                        + "). The log has it under the reference " + reference + ".";
            }
        }
        return "Something unexpected happened. The log has it under the reference " + reference + ".";
    }

    /** Data that is none, that breaks a rule, or that is too large. */
    private static boolean isOfAValue(SQLException refusal) {
        String state = String.valueOf(refusal.getSQLState());
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("54");
    }

    private @Nullable String network(Throwable cause) {
        if (cause instanceof CircuitOpenException) {
            return system + " failed repeatedly. The platform pauses requests to it (the circuit is open).";
        }
        if (cause instanceof UnknownHostException) {
            return "The host name of " + field + " cannot be resolved. Check its spelling and this server's DNS.";
        }
        if (cause instanceof ConnectTimeoutException && shookNoHands(cause)) {
            return system + "'s host took the connection but did not answer the secure handshake. Check that " + field
                    + "'s port speaks HTTPS.";
        }
        if (cause instanceof ConnectTimeoutException || cause instanceof NoRouteToHostException) {
            return system
                    + "'s host cannot be reached. Check the address, firewalls and proxies between here and there.";
        }
        if (cause instanceof SocketTimeoutException) {
            return system + " did not answer within " + timeoutMs + " ms.";
        }
        if (cause instanceof ConnectException) {
            return "Nothing listens at " + system + "'s address (connection refused). Check host and port of " + field
                    + ".";
        }
        if (cause instanceof SSLException) {
            return "No secure connection to " + system + " could be made. Check its certificate, and that " + field
                    + "'s port speaks HTTPS.";
        }
        return cause instanceof IOException ? "The connection to " + system + " broke before it answered." : null;
    }

    /** Where the time ran out while reading, there was a connection already: it is TLS that got no answer. */
    private static boolean shookNoHands(Throwable timeout) {
        return String.valueOf(timeout.getMessage()).contains("Read timed out");
    }
}
