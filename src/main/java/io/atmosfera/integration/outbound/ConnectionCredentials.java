package io.atmosfera.integration.outbound;

import io.atmosfera.integration.outbound.TokenIssuer.KeyedConnection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
     * @param header the header that has it
     * @param value  the header's value
     */
    record Sent(String header, String value) implements Credential {

        private static final String AUTHORIZATION = "Authorization";

        /**
         * A secret as a system wants it.
         *
         * @param header the header that takes it as it is; Authorization, or none, for Basic or Bearer
         * @param user   whose it is: Basic with one, Bearer without, for the kind of credential decides, not the host
         */
        static Sent of(@Nullable String header, @Nullable String user, String secret) {
            if (header != null && !header.equalsIgnoreCase(AUTHORIZATION)) {
                return new Sent(header, secret);
            }
            if (user == null) {
                return new Sent(AUTHORIZATION, "Bearer " + secret);
            }
            byte[] pair = (user + ":" + secret).getBytes(StandardCharsets.UTF_8);
            return new Sent(AUTHORIZATION, "Basic " + Base64.getEncoder().encodeToString(pair));
        }

        /** Says nothing of the value: what is printed or logged by mistake must not tell it. */
        @Override
        public String toString() {
            return header;
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
     * The credential of a connection.
     *
     * @param connection the connection's id, or the handle of one that is only being tested
     * @return empty where the connection has none
     */
    Optional<Credential> credential(String connection);

    /**
     * A secret of a stored connection as a JSON text, for a request that gives it to the other system.
     *
     * @return empty if there is none of that name
     */
    Optional<String> secretJson(String connection, String name);
}
