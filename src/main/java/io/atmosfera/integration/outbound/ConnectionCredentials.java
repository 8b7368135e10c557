package io.atmosfera.integration.outbound;

import io.atmosfera.integration.outbound.TokenIssuer.KeyedConnection;
import java.util.Optional;

/**
 * Opens the credential of a connection at the moment of a call, inside the HTTP client: so it is never part of a
 * message that an operator, a log or a trace could show.
 */
public interface ConnectionCredentials {

    /** What a connection authenticates by. */
    sealed interface Credential {}

    /**
     * Sent as it is.
     *
     * @param authorization the value of the Authorization header
     */
    record Sent(String authorization) implements Credential {

        @Override
        public String toString() {
            return "credential";
        }
    }

    /**
     * A key for which tokens are issued.
     *
     * @param connection what they are issued for
     * @param issuer     who asks for them
     */
    record Keyed(KeyedConnection connection, TokenIssuer issuer) implements Credential {}

    /**
     * The credential.
     *
     * @param connection the connection's id, or the handle of one that is only being tested
     * @return empty where the connection has no credential
     */
    Optional<Credential> credential(String connection);

    /**
     * A secret of a stored connection as a JSON text, for a request that gives it to the other system.
     *
     * @return empty where there is none of that name
     */
    Optional<String> secretJson(String connection, String name);
}
