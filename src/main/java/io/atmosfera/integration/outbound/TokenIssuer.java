package io.atmosfera.integration.outbound;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hc.core5.http.HttpException;

/**
 * Gets short-lived tokens for connections that have a key, which is never sent itself. It is asked inside the HTTP client, so
 * that neither key nor token is ever part of a message (docs/adr/0026).
 */
public interface TokenIssuer {

    /** The name under which the keys are stored, such as {@code privateKey}. */
    String secret();

    /** What of a configuration a token depends on: with another one another token is needed. */
    String scope(JsonNode config);

    /**
     * Asks for a token.
     *
     * @throws TokenRefusedException with the answer, where it is no token
     */
    Token issue(KeyedConnection connection, Caller caller) throws IOException, HttpException;

    /**
     * A connection that has a key.
     *
     * @param config  its configuration
     * @param version another one where the key is another
     * @param key     opens the key
     */
    record KeyedConnection(JsonNode config, String version, Supplier<String> key) {

        @Override
        public String toString() {
            return "connection with a key of " + version;
        }
    }

    /**
     * A token.
     *
     * @param authorization the value of the header Authorization
     * @param renewAt       when the next one is to be asked for
     */
    record Token(String authorization, Instant renewAt) {

        @Override
        public String toString() {
            return "token until " + renewAt;
        }
    }

    /** Makes a request to the connection's system. */
    interface Caller {

        /** What is answered, whatever it is. */
        Answer call(String method, URI address, String authorization) throws IOException, HttpException;
    }

    /**
     * What the other system answered.
     *
     * @param status  the HTTP status
     * @param bytes   the body
     * @param headers one value each
     */
    record Answer(int status, byte[] bytes, Map<String, String> headers) {}
}
