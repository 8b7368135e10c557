package io.atmosfera.integration.http;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;
import org.springframework.stereotype.Component;

/**
 * What goes out at the door of platform-http: only what an answer needs. Camel would echo the request's headers
 * (CAMEL-24453); none of those gets as far as a route (security/OperationRequest), but a route may have others.
 */
@Component("responseHeaders")
public class ResponseHeaders extends HttpHeaderFilterStrategy {

    // Not Content-Type: the binding writes it already, and would then write it twice.
    private static final Set<String> ALLOWED = Set.of(
            "location",
            "link",
            "x-total-count",
            "x-total-count-estimate",
            "x-truncated",
            "retry-after",
            "cache-control",
            "content-disposition");

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return !ALLOWED.contains(name.toLowerCase(Locale.ROOT));
    }
}
