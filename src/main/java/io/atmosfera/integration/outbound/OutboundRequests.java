package io.atmosfera.integration.outbound;

import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes requests for routes. */
@Component("outboundRequests")
public class OutboundRequests {

    /**
     * A question.
     *
     * @param etag where only another state than this is wanted; null for any. It is no argument of the route's, from which Camel
     *     would take its quotes.
     */
    public OutboundRequest get(String connection, String url, String accept, @Variable("etag") @Nullable String etag) {
        return OutboundRequest.get(connection, url, accept).unlike(etag);
    }
}
