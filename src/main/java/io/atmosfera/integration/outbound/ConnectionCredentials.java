package io.atmosfera.integration.outbound;

import java.util.Optional;

/**
 * Opens the credential of a connection at the moment of a call, inside the HTTP client: so it is never part of a
 * message that an operator, a log or a trace could show.
 */
public interface ConnectionCredentials {

    /**
     * The value of the Authorization header.
     *
     * @param connection the connection's id, or the handle of one that is only being tested
     * @return empty where the connection has no credential
     */
    Optional<String> authorization(String connection);
}
