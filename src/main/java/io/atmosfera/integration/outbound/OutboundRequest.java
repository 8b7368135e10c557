package io.atmosfera.integration.outbound;

import org.jspecify.annotations.Nullable;

/**
 * A call to another system. Its credential is not part of it: the HTTP client adds it by the connection.
 *
 * @param connection the connection's id, or the handle of one that is only being tested
 * @param method     of HTTP
 * @param url        the whole address
 * @param accept     the type of answer that is asked for
 * @param apiVersion the version of the API that is asked for, where the other system has several at one address
 * @param etag       where only another state than this is wanted
 * @param payload    JSON; null for none
 * @param fill       the secret of the connection that the HTTP client puts in the place of {@code @NAME@} in the payload
 */
public record OutboundRequest(
        String connection,
        String method,
        String url,
        String accept,
        @Nullable String apiVersion,
        @Nullable String etag,
        @Nullable String payload,
        @Nullable String fill) {

    public static final String JSON = "application/json";

    /** A question. */
    public static OutboundRequest get(String connection, String url, String accept) {
        return new OutboundRequest(connection, "GET", url, accept, null, null, null, null);
    }

    /** The same, for another state than one that is known; null for any. */
    public OutboundRequest unlike(@Nullable String known) {
        return new OutboundRequest(connection, method, url, accept, apiVersion, known, payload, fill);
    }

    /** The same by a version of the API. */
    public OutboundRequest ofVersion(String version) {
        return new OutboundRequest(connection, method, url, accept, version, etag, payload, fill);
    }

    /** The same by another method, with a payload if there is one. */
    public OutboundRequest by(String other, @Nullable String content) {
        return new OutboundRequest(connection, other, url, accept, apiVersion, etag, content, fill);
    }

    /** The same with a secret of the connection in its payload. */
    public OutboundRequest filling(String secret) {
        return new OutboundRequest(connection, method, url, accept, apiVersion, etag, payload, secret);
    }

    public @Nullable String contentType() {
        return payload == null ? null : JSON;
    }
}
